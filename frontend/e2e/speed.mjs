// How long keys take to show, as the window measures it itself: information, no
// verdict. Half and 95 of 100 presses, in milliseconds, over the whole list.
import { inList, withWindow } from "./browser.mjs";

const presses = 120;

await withWindow(async (page, go) => {
  await inList(page, go);
  const total = await page.locator(".queue-grid").getAttribute("aria-rowcount");
  for (let n = 0; n < presses; n++) await page.keyboard.press("j");
  await page.locator(".queue-row[data-cursor=true]").waitFor();
  for (let n = 0; n < 10; n++) {
    await page.keyboard.press("Enter");
    await page.locator(".ticket-title").waitFor();
    await page.keyboard.press("u");
    await page.locator(".ticket-panes").waitFor({ state: "detached" });
    await page.keyboard.press("Control+k");
    await page.locator(".palette-row").first().waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".palette-row").first().waitFor({ state: "detached" });
    await page.locator(".queue-grid").focus();
  }
  const rows = await page.locator(".queue-row").count();
  await page.keyboard.press("Control+,");
  await page.locator(".settings-speed").waitFor();
  const lines = await page.locator(".settings-speed tbody tr").evaluateAll((found) => found.map((line) => [...line.children].map((cell) => cell.textContent)));
  console.log(`list of ${total} lines, ${rows} rows in the page`);
  for (const [name, count, half, most] of lines) console.log(`  ${name}: ${count} times, half within ${half} ms, 95 of 100 within ${most} ms`);
});
