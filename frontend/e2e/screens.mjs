// Every place of the window takes the keyboard when one comes to it, and what is laid
// out stays in its lines: by geometry, since a picture of it is looked at by nobody.
import assert from "node:assert/strict";
import { inList, step, withWindow } from "./browser.mjs";

/** places are reached by two keys, and known by what stands in them. */
const places = {
  "g d": ".queue",
  "g o": ".outbox",
  "g x": ".tray",
  "g w": ".two-panes",
  "g h": ".archive-days",
  "g s": ".settings",
  "g b": ".mailbox-pane",
  "g q": ".queue-grid",
};

const edges = (page, selector) => page.locator(selector).first().evaluate((part) => ({ start: part.getBoundingClientRect().left, end: part.getBoundingClientRect().right }));

await withWindow(async (page, go) => {
  await step("a list that has just come shows the keys of its tickets", async () => {
    await inList(page, go, "all");
    await page.locator(".status-hint", { hasText: "resolve" }).waitFor();
  });

  await step("the names of the columns stand over their cells, scroll bar or not", async () => {
    for (const column of [3, 5, 7, 9]) {
      const [name, cell] = [await edges(page, `.queue-columns > :nth-child(${column})`), await edges(page, `.queue-row[data-ticket] > :nth-child(${column})`)];
      assert.deepEqual(name, cell, `column ${column}`);
    }
    await page.keyboard.press("End");
    const rows = await page.locator(".queue-columns").evaluate((names) => names.getBoundingClientRect().top - names.parentElement.getBoundingClientRect().top);
    assert.equal(rows, 0, "the names of the columns scrolled away");
  });

  await step("wherever one goes, the keyboard comes along", async () => {
    for (const [keys, part] of Object.entries(places)) {
      if (await page.locator("input:focus").count()) await page.keyboard.press("Escape");
      for (const key of keys.split(" ")) await page.keyboard.press(key);
      await page.locator(part).first().waitFor();
      await page.waitForFunction(() => document.querySelector("main")?.contains(document.activeElement), undefined, { timeout: 5_000 }).catch(() => assert.fail(`${keys} leaves the keyboard nowhere`));
    }
  });

  await step("back and forward go through the places, one at a time", async () => {
    const way = [];
    const at = (place) => page.waitForFunction((hash) => location.hash === hash, place, { timeout: 3_000 }).catch(() => assert.fail(`at ${page.url()}, not ${place}; the way was ${way.join(" ")}`));
    const keep = () => page.evaluate(() => location.hash).then((hash) => way.push(hash));
    await inList(page, go, "reply");
    await page.locator(".queue-row[data-cursor=true]").waitFor();
    await keep();
    await page.keyboard.press("Enter");
    await page.locator(".ticket-title").waitFor();
    await keep();
    for (const keys of ["go", "gs"]) {
      for (const key of keys) await page.keyboard.press(key);
      await page.locator(keys === "go" ? ".outbox" : ".settings").waitFor();
      await keep();
    }
    for (const place of way.toReversed().slice(1)) {
      await page.keyboard.press("Control+[");
      await at(place);
    }
    for (const place of way.slice(1)) {
      await page.keyboard.press("Control+]");
      await at(place);
    }
  });

  await step("/ leads into the filter that is open, and hiding the views leaves the keyboard at work", async () => {
    await inList(page, go);
    await page.keyboard.press("/");
    await page.locator(".queue-filter input:focus").waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".queue-grid:focus").waitFor();
    await page.keyboard.press("/");
    await page.locator(".queue-filter input:focus").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".side-item").first().focus();
    await page.keyboard.press("Control+.");
    await page.locator(".queue-grid:focus").waitFor();
    await page.keyboard.press("Control+.");
  });

  await step("Escape out of a new item of the checklist stays at the ticket", async () => {
    await page.locator(".queue-row[data-cursor=true]").waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".composer").waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("Add to the checklist");
    await page.locator(".palette-row[aria-selected=true]", { hasText: "Add to the checklist" }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".checklist ~ form input:focus").waitFor();
    await page.keyboard.type("Ask the vendor");
    await page.keyboard.press("Enter");
    await page.locator(".checklist").getByText("Ask the vendor").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Add an item" }).and(page.locator(":focus")).waitFor();
    await page.keyboard.press("z");
  });

  await step("a title that was changed, or left as it was, gives the keyboard back", async () => {
    for (const key of ["Enter", "Escape"]) {
      await page.keyboard.press("Control+k");
      await page.keyboard.type("Change the title");
      await page.locator(".palette-row[aria-selected=true]", { hasText: "Change the title" }).waitFor();
      await page.keyboard.press("Enter");
      await page.locator(".ticket-title textarea:focus").waitFor();
      await page.keyboard.type("Projector without a picture");
      await page.keyboard.press(key);
      await page.locator(".ticket-title button:focus").waitFor();
    }
    await page.keyboard.press("z");
    await page.locator(".status-said", { hasText: "Title of" }).waitFor();
  });

  await step("merging names the ticket whose number is written", async () => {
    const other = page.locator(".queue-row[data-cursor=false]").first();
    const [number] = /(INC|REQ)\d{7}/.exec(await other.innerText());
    await page.keyboard.press("Control+k");
    await page.keyboard.type("Merge into");
    await page.locator(".palette-row[aria-selected=true]", { hasText: "Merge into" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByLabel("Number of the ticket that goes on").fill(number.toLowerCase());
    await page.getByRole("dialog").getByText(await other.locator(".queue-title").innerText()).waitFor();
    await page.getByLabel("Number of the ticket that goes on").fill("INC9999999");
    await page.getByRole("dialog").getByText("No ticket of this number is on this device.").waitFor();
    await page.keyboard.press("Escape");
  });

  await step("sent twice in one breath, a note stands once", async () => {
    await page.keyboard.press("n");
    await page.locator(".composer-text:focus").waitFor();
    await page.keyboard.type("The lamp is dead");
    await page.locator(".composer-saved", { hasText: "Saved" }).waitFor();
    await page.locator(".composer-text").evaluate((box) => {
      const press = () => box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true }));
      press();
      press();
    });
    await page.locator(".message[data-kind=note]", { hasText: "The lamp is dead" }).first().waitFor();
    await page.waitForTimeout(500);
    assert.equal(await page.locator(".message[data-kind=note]", { hasText: "The lamp is dead" }).count(), 1);
  });

  await step("arrows scroll the settings, whose scroll bar stands at the edge", async () => {
    await page.setViewportSize({ width: 1440, height: 420 });
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    const column = page.locator(".settings-column");
    await column.waitFor();
    assert.equal((await edges(page, ".settings-column")).end, (await edges(page, "main")).end);
    await page.keyboard.press("End");
    await page.waitForFunction(() => document.querySelector(".settings-column").scrollTop > 0);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await step("with a draft of each kind the composer keeps its width", async () => {
    await inList(page, go);
    await page.locator(".queue-row[data-cursor=true]").waitFor();
    for (const key of ["r", "n"]) {
      await page.keyboard.press(key);
      await page.locator(".composer-text:focus").waitFor();
      await page.keyboard.type("Half a thought");
      await page.locator(".composer-saved", { hasText: "Saved" }).waitFor();
      await page.keyboard.press("Escape");
    }
    await page.keyboard.press("b");
    await page.locator(".composer[data-kind=aside] .recipient-line input:focus").waitFor();
    await page.locator(".composer-subject input").fill("Arbeitszeiterfassungsterminal am Tor 4, seit dem Umbau ohne Netz");
    const [composer, tab] = [await edges(page, ".composer"), await edges(page, ".composer-tab[data-selected]")];
    assert.ok(tab.end <= composer.end, `the tab ends at ${tab.end}, the composer at ${composer.end}`);
    const spill = await page.locator("#thread").evaluate((pane) => pane.scrollWidth - pane.clientWidth);
    assert.equal(spill, 0, "the pane of the ticket scrolls sideways");
  });

  await step("asked for again, a side conversation that holds nothing yet is gone on with", async () => {
    const begun = page.locator(".composer-tab", { hasText: "New side conversation" });
    const before = await begun.count();
    await page.keyboard.press("Escape");
    await page.locator(".composer-text:focus").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("b");
    await page.locator(".composer[data-kind=aside] .recipient-line input:focus").waitFor();
    assert.equal(await begun.count(), before);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    for (const key of ["r", "n"]) {
      await page.keyboard.press(key);
      await page.locator(".composer-text:focus").waitFor();
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Delete");
      await page.keyboard.press("Escape");
    }
  });

  await step("a requester who was typed and not chosen is asked for, and nothing typed is lost", async () => {
    const [sheet, asked] = [page.getByRole("dialog"), page.getByRole("combobox", { name: "Requester" })];
    await inList(page, go);
    await page.keyboard.press("c");
    await sheet.getByLabel("Title").fill("No picture in room Elbe");
    await asked.pressSequentially("Nobody by this name");
    await page.locator(".popover").getByText("Nobody by that name").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".popover").waitFor({ state: "detached" });
    await page.keyboard.press("Control+Enter");
    await sheet.getByText("Nobody is chosen yet").waitFor();
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    await page.keyboard.press("c");
    assert.equal(await asked.inputValue(), "Nobody by this name");
    await sheet.getByRole("button", { name: "Start over" }).click();
    assert.deepEqual([await sheet.getByLabel("Title").inputValue(), await asked.inputValue()], ["", ""]);
    await page.keyboard.press("Escape");
  });

  await step("what was written to resolve a ticket is still there after Escape", async () => {
    await inList(page, go);
    await page.locator(".queue-row[data-cursor=true]").waitFor();
    await page.keyboard.press("e");
    const done = page.getByRole("dialog").getByLabel("What was done?");
    await done.fill("Changed the lamp, and the fuse behind it.");
    await page.keyboard.press("Escape");
    await done.waitFor({ state: "detached" });
    await page.keyboard.press("e");
    assert.equal(await done.inputValue(), "Changed the lamp, and the fuse behind it.");
    await done.fill("");
    await page.keyboard.press("Escape");
  });

  await step("in a low window the conversation has the room until one writes", async () => {
    await inList(page, go);
    await page.locator(".queue-row[data-cursor=true]").waitFor();
    await page.setViewportSize({ width: 720, height: 450 });
    await page.keyboard.press("Enter");
    const tall = (part) => page.locator(part).evaluate((box) => box.clientHeight);
    await page.locator(".thread").waitFor();
    assert.ok((await tall(".thread")) > 180, `the conversation is ${await tall(".thread")} px tall`);
    await page.keyboard.press("n");
    await page.locator(".composer-text:focus").waitFor();
    assert.ok((await tall(".composer-text")) > 30);
    await page.keyboard.press("Escape");
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await step("words of another direction run as they are written, from where the line begins", async () => {
    const title = "המדפסת לא מדפיסה (קומה 3)";
    await inList(page, go);
    await page.keyboard.press("c");
    await page.getByRole("dialog").getByLabel("Title").fill(title);
    await page.keyboard.press("Control+Enter");
    const shown = page.locator(".queue-title", { hasText: title });
    await shown.waitFor();
    await page.locator(".queue-row[data-cursor=true]", { hasText: title }).waitFor();
    assert.deepEqual(await shown.evaluate((words) => [getComputedStyle(words).direction, getComputedStyle(words).textAlign]), ["rtl", "left"]);
  });
}, { bars: true });
console.log("screens: every step held");
