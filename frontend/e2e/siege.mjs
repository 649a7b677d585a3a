// Attack cases 1 to 5 and 7: shows the hostile mails of a siege in Chromium. The
// program that is named, with what it is given, serves them and judges what was
// heard; build/siege.sh runs this in a network of its own.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { chromiumPath } from "./browser.mjs";

const [program, ...args] = process.argv.slice(2);
const siege = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
const ended = new Promise((resolve) => siege.once("close", resolve));
// As a person would start it: what keeps it quiet elsewhere would also keep it from
// looking up names and connecting ahead of time.
const browser = await chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox", "--no-first-run"], ignoreDefaultArgs: ["--disable-background-networking"] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const dialogs = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  for await (const line of createInterface(siege.stdout)) {
    console.log(line);
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (url) await page.goto(url);
  }
  assert.equal(await ended, 0, "a wall did not hold");
  assert.deepEqual(dialogs, [], "a mail opened a dialog");
} finally {
  siege.kill();
  await browser.close();
}
