// Holds what the window loads first to its budget: JavaScript 300 kB and CSS
// 30 kB, both as gzip sends them. Fonts load by script and are not counted.
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const page = readFileSync(new URL("index.html", dist), "utf8");
const budgets = { js: 300_000, css: 30_000 };
let failed = false;
for (const [kind, budget] of Object.entries(budgets)) {
  const names = readdirSync(new URL("assets/", dist)).filter((name) => name.endsWith(`.${kind}`));
  const first = names.filter((name) => page.includes(name));
  if (first.length === 0) throw new Error(`dist/index.html loads no ${kind}: run the build first`);
  const weigh = (list) =>
    list.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(`assets/${name}`, dist)), { level: 9 }).length, 0);
  const weight = weigh(first);
  failed ||= weight > budget;
  const share = ((100 * weight) / budget).toFixed(0);
  console.log(`first ${kind}: ${(weight / 1000).toFixed(1)} kB of ${budget / 1000} kB (${share} %), all ${kind}: ${(weigh(names) / 1000).toFixed(1)} kB`);
}
process.exit(failed ? 1 : 0);
