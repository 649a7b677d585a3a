// axe's rules for WCAG 2.2 A and AA, asked of a page as it stands.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** checkAccess fails, by the name of what is shown, on any violation. */
export async function checkAccess(page, name) {
  // The page's policy refuses scripts it does not bring: evaluate instead.
  await page.evaluate(axe);
  const { violations } = await page.evaluate((only) => globalThis.axe.run(document, { runOnly: { type: "tag", values: only }, resultTypes: ["violations"] }), tags);
  assert.deepEqual(violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 140)).join(" | ")}`), [], name);
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name.replaceAll(/[^a-z]+/gi, "-")}.png` });
}
