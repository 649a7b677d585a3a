// Files of a message: picked, pasted, dropped, taken out, sent, seen and saved.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { inList, step, withWindow } from "./browser.mjs";

const mark = Date.now().toString(36);
// A picture of one pixel.
const pixel = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

/** give lets a page have a file by a paste or a drop, as a browser makes it. */
const give = (page, event, name, type, bytes) =>
  page.locator(".composer textarea").evaluate((box, given) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(given.bytes)], given.name, { type: given.type }));
    const made = given.event === "paste" ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }) : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
    box.dispatchEvent(made);
  }, { event, name, type, bytes: [...bytes] });

await withWindow(async (page, go) => {
  const composer = page.locator(".composer");
  const attached = composer.locator(".composer-file:not([aria-busy])");
  // Asked with the key itself, a busy page hears the key first and shows a dialog of
  // its own to nobody.
  page.on("filechooser", () => undefined);

  await step("a file is picked for the note, and stays with the note", async () => {
    await inList(page, go);
    await page.keyboard.press("Enter");
    await page.locator(".ticket-panes .ticket-title").waitFor();
    await page.keyboard.press("n");
    const chosen = page.waitForEvent("filechooser");
    await page.keyboard.press("Control+Shift+u");
    await (await chosen).setFiles([
      { name: `Messwerte ${mark}.csv`, mimeType: "text/csv", buffer: Buffer.from("a;b;1") },
      { name: "update.exe", mimeType: "application/octet-stream", buffer: Buffer.from(`MZ ${mark}`) },
    ]);
    await attached.nth(1).waitFor();
    assert.match(await attached.nth(0).innerText(), new RegExp(`Messwerte ${mark}.csv`));
    await attached.nth(1).getByRole("img", { name: "Program" }).waitFor();
    await page.keyboard.press("Control+Shift+m");
    assert.equal(await attached.count(), 0);
    await page.keyboard.press("Control+Shift+m");
    await attached.nth(1).waitFor();
  });

  await step("a picture is pasted and shown, a file is dropped", async () => {
    await give(page, "paste", "image.png", "image/png", pixel);
    await attached.nth(2).locator("img").waitFor();
    assert.match(await attached.nth(2).innerText(), /Picture \d{4}/);
    await give(page, "drop", "../../boot.ini", "text/plain", Buffer.from("x"));
    await attached.nth(3).waitFor();
    assert.match(await attached.nth(3).innerText(), /^boot\.ini/);
  });

  await step("one is taken out; all outlive the page", async () => {
    await attached.nth(3).getByRole("button", { name: "Take boot.ini out" }).click();
    await attached.nth(3).waitFor({ state: "detached" });
    await page.reload();
    await composer.getByRole("tab", { name: "Internal note" }).click();
    await attached.nth(2).waitFor();
  });

  await step("they go with the note, are seen and saved", async () => {
    await composer.getByRole("button", { name: "Add note" }).click();
    await attached.first().waitFor({ state: "detached" });
    const note = page.locator(".message[data-kind=note]", { hasText: `Messwerte ${mark}.csv` });
    await note.locator(".message-file[data-state=here]").nth(2).waitFor();
    await note.locator(".message-picture").waitFor();
    assert.equal(await note.locator(".message-picture").evaluate((picture) => picture.decode().then(() => picture.naturalWidth)), 1);
    assert.equal(await note.getByText("Program").count(), 1);
    const saved = page.waitForEvent("download");
    await note.getByRole("button", { name: `Save Messwerte ${mark}.csv as…` }).click();
    const download = await saved;
    assert.equal(download.suggestedFilename(), `Messwerte ${mark}.csv`);
    assert.equal(await readFile(await download.path(), "utf8"), "a;b;1");
    await note.getByRole("button", { name: "Keep update.exe on this device" }).press("Enter");
    await note.getByRole("button", { name: "Let update.exe go when room is needed" }).and(page.locator(":focus")).waitFor();
  });
});
