// Holds every pair of ink and ground in tokens.css to its ratio (WCAG 2.2
// §1.4.3 text 4.5:1, §1.4.11 parts of controls 3:1), by day and by night.
import { readFileSync } from "node:fs";

const css = readFileSync(new URL("../src/ui/tokens.css", import.meta.url), "utf8");

// Björn Ottosson's OKLab matrices, then the sRGB transfer function at 8 bits.
function luminance([lightness, chroma, hue]) {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map(toScreen);
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

function toScreen(value) {
  const clipped = Math.min(1, Math.max(0, value));
  const encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
  const byte = Math.round(encoded * 255) / 255;
  return byte <= 0.04045 ? byte / 12.92 : ((byte + 0.055) / 1.055) ** 2.4;
}

function ratio(ink, ground) {
  const [low, high] = [luminance(ink), luminance(ground)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const tokens = {};
for (const [, name, day, night] of css.matchAll(/--c-([\w-]+):\s*light-dark\(oklch\(([^)]+)\),\s*oklch\(([^)]+)\)\)/g)) {
  tokens[name] = [day, night].map((text) => text.split("/")[0].trim().split(/\s+/).map(Number));
}

const grounds = ["chrome", "surface", "raised", "overlay", "sunken", "hover", "press", "selection", "marked"];
const faces = [1, 2, 3, 4, 5].map((n) => `face-${n}`);
const text = {
  text: [...grounds, "chrome-hover", "accent-tint", "note", "aside", "conflict-tint", "pending-tint", ...faces],
  "text-muted": [...grounds, "conflict-tint", "accent-tint", "note", "aside"],
  accent: ["surface", "raised", "overlay", "selection", "hover", "accent-tint", "note"],
  "on-accent": ["accent-fill", "accent-hover"],
  "on-p1": ["p1"],
  "on-p2": ["p2"],
  p3: ["p3-tint"],
  p4: ["surface", "selection", "raised"],
  p5: ["surface", "selection"],
  "sla-ok": ["surface", "hover", "selection", "sla-ok-tint"],
  "sla-warn": ["surface", "sla-warn-tint"],
  "sla-breach": ["chrome", "surface", "raised", "sla-breach-tint"],
  "sla-paused": ["surface", "selection"],
  "note-text": ["note"],
  "aside-text": ["aside"],
  pending: ["chrome", "surface", "raised", "pending-tint", "selection"],
  conflict: ["chrome", "surface", "raised", "conflict-tint"],
  "on-conflict": ["conflict-fill"],
  offline: ["chrome", "surface"],
  "diff-add-text": ["diff-add"],
  "diff-del-text": ["diff-del"],
};
const parts = {
  focus: ["chrome", "surface", "raised", "selection"],
  control: ["surface", "raised"],
  unread: ["surface", "selection"],
  "selection-line": ["surface", "selection"],
  icon: ["chrome", "surface", "raised"],
};

const checks = [[text, 4.5], [parts, 3]].flatMap(([roles, least]) =>
  Object.entries(roles).flatMap(([ink, on]) => on.map((ground) => ({ ink, ground, least }))),
);
let failing = 0;
let lowest = Infinity;
for (const { ink, ground, least } of checks) {
  if (!tokens[ink] || !tokens[ground]) throw new Error(`tokens.css lacks ${ink} or ${ground}`);
  for (const [index, theme] of ["light", "dark"].entries()) {
    const found = ratio(tokens[ink][index], tokens[ground][index]);
    lowest = Math.min(lowest, found / least);
    if (found >= least) continue;
    failing++;
    console.error(`${ink} on ${ground}, ${theme}: ${found.toFixed(2)}, needs ${least}`);
  }
}
console.log(`${checks.length} pairs in two themes, ${failing} too faint, lowest at ${lowest.toFixed(2)} of its limit`);
process.exit(failing ? 1 : 0);
