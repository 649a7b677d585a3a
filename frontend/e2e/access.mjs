// Every screen in both themes against axe's rules for WCAG 2.2 A and AA.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inList, withWindow } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const screens = {
  list: (page, go) => inList(page, go),
  ticket: async (page, go) => {
    await inList(page, go);
    await page.keyboard.press("Enter");
    await page.locator(".composer").waitFor();
  },
  note: async (page) => {
    await page.keyboard.press("n");
    await page.locator(".composer[data-kind=note]").waitFor();
    await page.keyboard.press("Escape");
  },
  state: async (page) => {
    await page.keyboard.press("s");
    await page.locator(".popover").waitFor();
  },
  palette: async (page) => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("a");
    await page.locator(".palette-row").first().waitFor();
  },
  keys: async (page, go) => {
    await inList(page, go);
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
  },
  new: async (page) => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("c");
    await page.getByRole("dialog").getByLabel("Title").waitFor();
  },
  unsent: (page, go) => go("/unsent").then(() => page.locator(".outbox").waitFor()),
  conflicts: (page, go) => go("/conflicts").then(() => page.locator(".tray").waitFor()),
  settings: (page, go) => go("/settings").then(() => page.locator(".settings").waitFor()),
};

async function violations(page) {
  const { violations: found } = await page.evaluate((only) => globalThis.axe.run(document, { runOnly: { type: "tag", values: only }, resultTypes: ["violations"] }), tags);
  return found.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 140)).join(" | ")}`);
}

let checked = 0;
for (const theme of ["light", "dark"]) {
  await withWindow(
    async (page, go) => {
      for (const [name, show] of Object.entries(screens)) {
        await show(page, go);
        // The page's policy refuses scripts it does not bring: evaluate instead.
        await page.evaluate(axe);
        assert.deepEqual(await violations(page), [], `${name}, ${theme}`);
        checked++;
      }
    },
    { theme },
  );
}
console.log(`access: ${checked} screens without a violation`);
