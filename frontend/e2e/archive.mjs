// The archive by keyboard: a number that is nowhere, by the screen and by the
// palette, and how long tickets stay on the desks.
import assert from "node:assert/strict";
import { inList, step, withWindow } from "./browser.mjs";

// The browser logs every refusal as a failed request.
const refusals = /status of (404|422)/;

await withWindow(
  async (page, go) => {
    const problem = page.locator(".archive-fetch .problem");
    await step("g h opens the archive with the hands on a number", async () => {
      await inList(page, go);
      await page.keyboard.press("g");
      await page.keyboard.press("h");
      await page.locator(".archive-days").waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("placeholder")), "INC0001234");
    });
    await step("what is no number is refused in a sentence", async () => {
      await page.keyboard.type("the printer");
      await page.keyboard.press("Enter");
      await problem.getByText("looks like INC0001234").waitFor();
    });
    await step("an admin says how long tickets stay on the desks", async () => {
      await page.getByLabel("Days that an ended ticket stays").fill("60");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelector(".archive-days button")?.hasAttribute("data-disabled"));
      await go("/settings");
      await page.locator(".settings").waitFor();
      await go("/archive");
      await page.waitForFunction(() => document.querySelector(".archive-days input")?.value === "60");
    });
    await step("the palette asks the hub for a number that is not here", async () => {
      await page.keyboard.press("Control+k");
      await page.keyboard.type("inc0999999");
      const row = page.getByRole("option", { name: "Fetch INC0999999 from the hub" });
      await row.waitFor();
      await page.waitForFunction(() => document.querySelectorAll(".palette-row").length === 1);
      await page.keyboard.press("Enter");
      await problem.getByText("There is no ticket INC0999999 at the hub").waitFor();
    });
    await step("one that is here is opened", async () => {
      await inList(page, go);
      const number = await page.locator(".queue-row[data-ticket] bdi").first().textContent();
      await go("/archive");
      await page.getByLabel("Number of a ticket").fill(number.toLowerCase());
      await page.keyboard.press("Enter");
      await page.locator(".ticket-panes").getByText(number).first().waitFor();
    });
  },
  { expected: refusals },
);
