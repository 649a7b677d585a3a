// A morning at the desk by keyboard alone: find, open, write, put on hold,
// create, search, resolve. Every claim is read back from the screen.
import assert from "node:assert/strict";
import { inList, step, withWindow } from "./browser.mjs";

const mark = `e2e ${Date.now().toString(36)}`;
const title = `Drucker im Lager druckt leer (${mark})`;

await withWindow(async (page, go) => {
  const press = (keys) => page.keyboard.press(keys);
  const type = (text) => page.keyboard.type(text);
  const pane = page.locator(".ticket-panes");
  const cursor = page.locator(".queue-row[data-cursor=true]");

  await step("j and k move the cursor, Home and End go to the ends", async () => {
    await inList(page, go);
    const first = await cursor.getAttribute("data-ticket");
    await press("j");
    assert.notEqual(await cursor.getAttribute("data-ticket"), first);
    await press("k");
    assert.equal(await cursor.getAttribute("data-ticket"), first);
    await press("End");
    await page.waitForFunction((id) => document.querySelector(".queue-row[data-cursor=true]")?.dataset.ticket !== id, first);
    await press("Home");
    await page.waitForFunction((id) => document.querySelector(".queue-row[data-cursor=true]")?.dataset.ticket === id, first);
  });

  await step("← folds the group under the cursor, letters leave what it hides alone, and → unfolds it", async () => {
    const group = page.locator(".queue-heading[data-cursor=true]");
    const first = await cursor.getAttribute("data-ticket");
    await press("ArrowLeft");
    await group.locator("button[aria-expanded=false]").waitFor();
    assert.equal(await page.locator(`.queue-row[data-ticket="${first}"]`).count(), 0);
    assert.equal(await page.locator(".queue-grid").getAttribute("aria-activedescendant"), await group.locator("button").getAttribute("id"));
    await press("x");
    assert.equal(await page.locator(".queue-marks").count(), 0);
    await press("ArrowDown");
    await cursor.waitFor();
    await press("ArrowUp");
    await group.waitFor();
    await press("ArrowRight");
    await page.waitForFunction((id) => document.querySelector(".queue-row[data-cursor=true]")?.dataset.ticket === id, first);
  });

  await step("Enter opens the ticket under the cursor beside the list", async () => {
    await press("j");
    const id = await cursor.getAttribute("data-ticket");
    await press("Enter");
    await pane.locator(".ticket-title").waitFor();
    assert.ok(decodeURIComponent(page.url()).endsWith(id));
    await press("u");
    await pane.waitFor({ state: "detached" });
  });

  const number = await step("c writes a ticket that has its number at once", async () => {
    await press("c");
    await page.getByRole("dialog").getByLabel("Title").fill(title);
    await page.getByRole("combobox", { name: "Requester" }).pressSequentially("a");
    await page.locator(".popover [role=option]").first().click();
    await page.getByRole("dialog").locator(".pick", { hasText: "×" }).click();
    await page.locator(".matrix-cell").first().click();
    await press("Control+Enter");
    await pane.getByText(title).waitFor();
    const text = await pane.locator(".ticket-top").innerText();
    assert.match(text, /(INC|REQ)\d{7}/);
    await cursor.filter({ hasText: title }).waitFor();
    return text.match(/(?:INC|REQ)\d{7}/)[0];
  });

  await step("f on it says why nothing can be passed on, and Try again tries that again", async () => {
    const draft = `Looking at it (${mark})`;
    const problem = pane.locator(".composer").getByRole("alert");
    await press("r");
    await type(draft);
    await press("Escape");
    await press("f");
    await problem.getByText("Nobody has written on this ticket yet").waitFor();
    await problem.getByRole("button", { name: "Try again" }).click();
    await problem.getByText("Nobody has written on this ticket yet").waitFor();
    assert.equal(await page.locator(".composer textarea").inputValue(), draft);
    assert.equal(await pane.locator(".message[data-kind=reply]").count(), 0);
    await page.locator(".composer textarea").fill("");
    await press("Escape");
  });

  await step("n adds a note that says who cannot see it", async () => {
    await press("n");
    await page.locator(".composer[data-kind=note] textarea").waitFor();
    await type("First line");
    await press("Enter");
    await type(`Toner was changed yesterday, ${mark}`);
    assert.equal(await page.locator(".composer textarea").inputValue(), `First line\nToner was changed yesterday, ${mark}`);
    await press("Control+Enter");
    const note = pane.locator(".message[data-kind=note]", { hasText: `changed yesterday, ${mark}` });
    await note.waitFor();
    assert.match(await note.innerText(), /can’t see this/);
    assert.equal(await page.locator(".composer textarea").inputValue(), "");
  });

  await step("a reply begun is still there after a reload", async () => {
    await press("r");
    await page.locator(".composer[data-kind=reply] textarea").waitFor();
    await type(`Good morning, we are looking at it (${mark})`);
    await press("Escape");
    await page.locator(".composer-saved", { hasText: "Saved" }).waitFor();
    await page.reload();
    await page.locator(".composer[data-kind=reply] textarea").waitFor();
    assert.equal(await page.locator(".composer textarea").inputValue(), `Good morning, we are looking at it (${mark})`);
  });

  await step("Mod+Enter sends it, and the thread shows it", async () => {
    await press("r");
    await page.getByRole("button", { name: /^Send to/ }).waitFor(); // nothing leaves before its readers are shown
    await press("Control+Enter");
    await pane.locator(".message[data-kind=reply]", { hasText: mark }).waitFor();
  });

  await step("p chooses impact by urgency", async () => {
    await press("p");
    await page.getByRole("grid", { name: "Impact and urgency" }).locator("[data-cell='0-1']").click();
    await page.locator(".property-value", { hasText: "1 × 2" }).waitFor();
  });

  await step("l adds a label", async () => {
    await press("l");
    await page.getByLabel("New label").fill("warehouse");
    await press("Enter");
    await pane.locator(".property-labels .pill", { hasText: "warehouse" }).waitFor();
  });

  await step("z takes the label back, Mod+Shift+Z adds it again", async () => {
    await press("z");
    await pane.locator(".property-labels .pill", { hasText: "warehouse" }).waitFor({ state: "detached" });
    await page.locator(".status-said", { hasText: `Taken back: Labels of ${number}` }).waitFor();
    await press("Control+Shift+Z");
    await pane.locator(".property-labels .pill", { hasText: "warehouse" }).waitFor();
  });

  await step("Alt and arrows walk the conversation, ; and : unfold and fold it", async () => {
    await press("Alt+ArrowUp");
    const last = page.locator(".message:focus");
    assert.match(await last.innerText(), new RegExp(mark));
    await press("Alt+ArrowUp");
    await page.locator(".message[data-kind=note]:focus").waitFor();
    await press(";");
    await pane.locator(".thread details[open]").first().waitFor();
    await press(":");
    await pane.locator(".thread details[open]").first().waitFor({ state: "detached" });
  });

  await step("s puts it on hold, and asks why", async () => {
    await press("s");
    await page.locator(".popover [role=option]", { hasText: "On Hold" }).click();
    await page.getByRole("dialog").getByText("Awaiting vendor").click();
    await press("Control+Enter");
    await pane.locator(".ticket-meta", { hasText: "On Hold" }).waitFor();
  });

  await step("/ narrows the list to it", async () => {
    await inList(page, go);
    await press("/");
    await type(mark);
    await page.waitForFunction(() => document.querySelectorAll(".queue-row[data-ticket]").length === 1);
    assert.match(await page.locator(".queue-row").first().innerText(), new RegExp(number));
    await press("Escape");
  });

  await step("letters work on the ticket under the cursor of a list", async () => {
    await inList(page, go);
    await press("s");
    await page.locator(".popover [role=option]").first().waitFor();
    await press("Escape");
    await press("u");
    await pane.waitFor({ state: "detached" });
    await press("n");
    await page.locator(".composer[data-kind=note] textarea:focus").waitFor();
    await press("Escape");
    await press("u");
    await pane.waitFor({ state: "detached" });
  });

  await step("marked tickets are labelled and assigned together, and z takes it back", async () => {
    await inList(page, go);
    await press("x");
    await press("Shift+J");
    const bar = page.locator(".queue-marks");
    await bar.getByText("2 marked").waitFor();
    const marked = await page.locator(".queue-row[data-ticket]").evaluateAll((rows) => rows.slice(0, 2).map((row) => row.dataset.ticket));
    await press("l");
    await page.getByLabel("New label").fill(mark);
    await press("Enter");
    await press("a");
    await page.locator(".picker-search input").pressSequentially("Elif");
    await press("ArrowDown");
    await press("Enter");
    await bar.waitFor({ state: "detached" });
    const given = page.locator(".queue-row", { hasText: "Elif Arslan" });
    for (const id of marked) await page.locator(`.queue-row[data-ticket="${id}"]`, { hasText: "Elif Arslan" }).waitFor();
    const before = await given.count();
    assert.ok(before >= 2);
    await press("z");
    await page.locator(".status-said", { hasText: "Taken back: 2 tickets" }).waitFor();
    await page.waitForFunction((count) => [...document.querySelectorAll(".queue-row")].filter((row) => row.textContent.includes("Elif Arslan")).length < count, before);
    await press("Enter");
    await pane.locator(".property-labels .pill", { hasText: mark }).waitFor();
    await press("u");
    await press("Control+a");
    await bar.getByText("marked").waitFor();
    await press("Escape");
  });

  await step("Mod+K finds it by its words", async () => {
    await press("Control+k");
    await type(`#${mark}`);
    await page.locator(".palette-row[aria-selected=true]", { hasText: number }).waitFor();
    await press("Enter");
    await pane.getByText(title).waitFor();
  });

  await step("e resolves it with a code and what was done", async () => {
    await press("e");
    const sheet = page.getByRole("dialog");
    await sheet.getByText("Solved", { exact: true }).click();
    await sheet.getByLabel("What was done?").fill("New drum, test page printed.");
    await press("Control+Enter");
    await sheet.waitFor({ state: "detached" });
    await pane.locator(".ticket-meta", { hasText: "Resolved" }).waitFor();
  });

  await step("a title of many words takes three lines, and is told in full", async () => {
    const long = `Arbeitszeiterfassungsterminal (${mark}) `.padEnd(199, "in Halle 3 am Tor 2 ").trim();
    await press("c");
    await page.getByRole("dialog").getByLabel("Title").fill(long);
    await press("Control+Enter");
    const button = pane.getByRole("heading", { name: `Change the title: ${long}` }).getByRole("button");
    await button.waitFor();
    assert.ok((await pane.locator(".ticket-title").boundingBox()).height < 75);
    await button.focus();
    await page.getByRole("tooltip").getByText(long).waitFor();
  });

  await step("? shows the keys of this screen, and letters can be turned off", async () => {
    await press("?");
    await page.getByRole("dialog").getByText("Internal note").waitFor();
    await press("Escape");
    await go("/settings");
    await page.getByText("Single letters are shortcuts").click();
    await press("c");
    assert.equal(await page.getByRole("dialog").count(), 0);
    await page.getByText("Single letters are shortcuts").click();
  });
});
console.log("story: every step held");
