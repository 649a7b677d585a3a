// Runs the scripts named, or those that judge, against HOLDALL_URL. `speed` only
// measures, so it is run by name.
import { spawnSync } from "node:child_process";

const names = process.argv.slice(2);
const judging = [
  "story",
  "files",
  "access",
  "mail",
  "message",
  "delivery",
  "signin",
  "together",
  "parted",
  "archive",
  "answer",
  "aside",
  "mailboxes",
  "connect",
  "screens",
];
const scripts = names.length > 0 ? names : judging;
for (const name of scripts) {
  console.log(`${name}:`);
  const { status } = spawnSync(process.execPath, [new URL(`${name}.mjs`, import.meta.url).pathname], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
