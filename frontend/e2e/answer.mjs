// Answering: whom it reaches, the seconds in which it can be taken back, and what
// is written beside the words. Every claim is read back from the screen.
import assert from "node:assert/strict";
import { inList, step, withWindow } from "./browser.mjs";
import { ask } from "./team.mjs";

const mark = `answer ${Date.now().toString(36)}`;
const pictures = process.env.HOLDALL_PICTURES;

/** written is a ticket on which its requester has written, and that may wait for them. */
async function written() {
  const url = process.env.HOLDALL_URL;
  const { rows } = await ask(url, "Queue/Page", { view: "all", pill: "", text: "", groupBy: "", sort: "", offset: 0, limit: 100 });
  for (const { id } of rows) {
    const { thread, moves } = await ask(url, "Ticket/Open", id); // oxlint-disable-line no-await-in-loop
    if (thread.some(({ kind }) => kind === "requester") && moves.some(({ needs }) => needs.includes("holdReason"))) return id;
  }
  throw new Error("nobody has written on any ticket");
}

await withWindow(async (page, go) => {
  const press = (keys) => page.keyboard.press(keys);
  const type = (text) => page.keyboard.type(text);
  const composer = page.locator(".composer");
  const box = composer.locator("textarea");
  const resting = page.locator(".resting");
  const picture = async (name) => pictures && page.screenshot({ path: `${pictures}/${name}.png` });

  // The keyboard leaves what was written a moment after that shows in the thread.
  const takeBack = async () => {
    await page.locator(".composer textarea:focus").waitFor({ state: "detached" });
    await press("z");
  };

  await step("a reply names its reader on the button", async () => {
    await inList(page, go);
    await press("Enter");
    await page.locator(".ticket-panes .ticket-title").waitFor();
    await press("r");
    await composer.locator(".recipient").first().waitFor();
    await composer.getByRole("button", { name: /^Send to \S+/ }).waitFor();
  });

  await step("a stranger in Cc is named before it is sent", async () => {
    await composer.getByRole("button", { name: "Cc", exact: true }).click();
    const copies = composer.getByRole("group", { name: "Cc" }).getByRole("combobox");
    await copies.fill("nobody");
    await copies.press("Enter");
    await composer.locator(".composer-caution", { hasText: "is no mail address" }).waitFor();
    await copies.fill("Uwe <uwe@elsewhere.example>");
    await copies.press("Enter");
    await composer.locator(".composer-caution", { hasText: "Outside your organisation: uwe@elsewhere.example." }).waitFor();
    await composer.getByRole("button", { name: /^Send to .+ and 1 other/ }).waitFor();
    await copies.press("Escape");
    await page.locator(".composer textarea:focus").waitFor();
    await type(`Good morning to both (${mark})`);
    await picture("recipients");
  });

  await step("they are kept with the draft", async () => {
    await press("Escape");
    await page.locator(".composer-saved", { hasText: "Saved" }).waitFor();
    await page.reload();
    await composer.getByRole("button", { name: /^Send to .+ and 1 other/ }).waitFor();
    assert.equal(await box.inputValue(), `Good morning to both (${mark})`);
  });

  await step("sent, it rests, and z brings it back as it was", async () => {
    await press("r");
    await press("Control+Enter");
    await page.locator(".message[data-kind=reply]", { hasText: mark }).getByText("Goes in a moment").waitFor();
    assert.match(await resting.innerText(), /\d+ s/);
    assert.equal(await box.inputValue(), "");
    await picture("resting");
    await takeBack();
    await resting.waitFor({ state: "detached" });
    await page.locator(".composer textarea:focus").waitFor();
    assert.equal(await box.inputValue(), `Good morning to both (${mark})`);
    await composer.getByRole("button", { name: /^Send to .+ and 1 other/ }).waitFor();
    assert.equal(await page.locator(".message", { hasText: mark }).count(), 0);
  });

  await step("it outlives the page, and then leaves", async () => {
    await press("Control+Enter");
    await resting.waitFor();
    await page.reload();
    await resting.waitFor();
    await resting.waitFor({ state: "detached", timeout: 20_000 });
    await page.locator(".message[data-kind=reply]", { hasText: mark }).waitFor();
    assert.equal(await page.locator(".message[data-kind=reply]", { hasText: mark }).count(), 1);
    assert.equal(await page.locator(".message").getByText("Goes in a moment").count(), 0);
  });

  await step("a template is checked, kept and signed below", async () => {
    const form = page.locator(".template-form");
    const keep = async (use, name, text) => {
      await go("/templates");
      await page.getByRole("button", { name: `New ${use}` }).click();
      await form.getByLabel("Name").fill(name);
      await form.getByLabel("Text").fill(text);
      await form.getByLabel("Text").press("Control+Enter");
    };
    await keep("template", `Received ${mark}`, "Hello {{requester.nmae}}");
    await form.getByText("which nothing stands for").waitFor();
    await form.getByLabel("Text").fill("Hello ");
    await form.getByRole("button", { name: "{{requester.name}}" }).click();
    await form.getByLabel("Text").press("Control+Enter");
    await page.locator(".list-line", { hasText: `Received ${mark}` }).waitFor();
    await keep("signature", `Ours ${mark}`, `Kind regards, {{agent.first_name}} (${mark})`);
    await page.locator(".list-line", { hasText: `Ours ${mark}` }).waitFor();
    await picture("templates");
  });

  await step("/ puts it into the answer, by arrows and Enter", async () => {
    await inList(page, go);
    await go(`/t/${await written()}`);
    await page.locator(".ticket-panes .ticket-title").waitFor();
    await page.locator(".thread").focus();
    await press("r");
    await page.locator(".composer textarea:focus").waitFor();
    await type("Thanks. /received");
    const list = page.getByRole("listbox", { name: "Templates" });
    await list.getByRole("option", { name: `Received ${mark}`, selected: true }).waitFor();
    await page.locator(".template-preview", { hasText: "Hello " }).waitFor();
    await picture("inserting");
    await press("Enter");
    await list.waitFor({ state: "detached" });
    const text = await box.inputValue();
    assert.match(text, /^Thanks\. Hello \S+/);
    assert.ok(!text.includes("{{"), text);
    await composer.locator(".composer-signed", { hasText: `Kind regards, Mira (${mark})` }).waitFor();
    await type(" and so on / or not");
    assert.equal(await list.count(), 0);
    await press("Control+Enter");
    await resting.waitFor();
    await takeBack();
    await resting.waitFor({ state: "detached" });
    await page.locator(".composer[data-kind=reply] textarea:focus").waitFor();
  });

  await step("f passes a message on to whom one names, and to nobody else", async () => {
    await press("Escape");
    await press("f");
    await page.locator(".composer[data-kind=forward] textarea:focus").waitFor();
    assert.equal(await composer.locator(".recipient").count(), 0);
    await composer.locator(".composer-caution", { hasText: "Nobody gets it yet" }).waitFor();
    const to = composer.getByRole("group", { name: "To" }).getByRole("combobox");
    await to.fill("Pump vendor <help@vendor.example>");
    await to.press("Enter");
    await composer.getByRole("button", { name: "Send to Pump" }).waitFor();
    await composer.getByText("The message that is passed on").click();
    await composer.getByText("Forwarded message").waitFor();
    await picture("forward");
    await box.fill(`Please look (${mark})`);
    await box.press("Control+Enter");
    const sent = page.locator(".message[data-kind=forward]", { hasText: `Please look (${mark})` });
    await sent.getByText("Forwarded to Pump vendor <help@vendor.example>").waitFor();
    await takeBack();
    await sent.waitFor({ state: "detached" });
    await composer.getByRole("button", { name: "Send to Pump" }).waitFor();
    assert.equal(await box.inputValue(), `Please look (${mark})`);
  });

  await step("sending may set the ticket to wait for the requester", async () => {
    await press("Escape");
    await press("r");
    await type(`Which one is it? (${mark})`);
    await composer.getByRole("button", { name: "Send, and…" }).click();
    await page.getByRole("menuitem", { name: "Send and wait" }).click();
    await page.locator(".ticket-meta", { hasText: "On Hold" }).waitFor();
    await page.locator(".message[data-kind=reply]", { hasText: "Which one is it?" }).waitFor();
  });

  await step("what was told by phone is passed on too, though nobody has written", async () => {
    await press("Escape");
    await press("c");
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel("Title").fill(`Told by phone (${mark})`);
    await sheet.getByLabel("Description").fill(`The pump leaks at the seal (${mark}).`);
    await press("Control+Enter");
    await page.locator(".ticket-title", { hasText: `Told by phone (${mark})` }).waitFor();
    await press("f");
    await page.locator(".composer-passed summary").click();
    await page.locator(".composer-passed", { hasText: "Reported by:" }).getByText(`The pump leaks at the seal (${mark}).`).waitFor();
      const to = composer.getByRole("group", { name: "To" }).getByRole("combobox");
    await to.fill("Pump vendor <help@vendor.example>");
    await to.press("Enter");
    await composer.getByRole("button", { name: "Send to Pump" }).waitFor();
    await box.fill(`Told by phone, please look (${mark})`);
    await box.press("Control+Enter");
    await page.locator(".message[data-kind=forward]", { hasText: `Told by phone, please look (${mark})` }).waitFor();
  });
}, { expected: /422 \(Unprocessable Entity\)/ }); // what is no address is refused
