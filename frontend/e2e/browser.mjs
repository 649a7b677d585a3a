// A page of the window in Debian's Chromium, and the few acts every script needs.
// A script that brings no laptop of its own works the one at HOLDALL_URL; whatever
// the page logs as an error, or loads from elsewhere, fails the script.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

export const chromiumPath = process.env.CHROME ?? "/usr/bin/chromium";
const quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

/** withWindow runs work on a page and fails if the page complained of anything
 * that was not expected. bars shows scroll bars that take room, as on Windows. */
export async function withWindow(work, { url = process.env.HOLDALL_URL, theme = "light", viewport = { width: 1440, height: 900 }, workspace = true, bars = false, expected = /^$/ } = {}) {
  if (!url) throw new Error("set HOLDALL_URL to the address of a running Holdall, such as http://127.0.0.1:8080");
  const browser = await chromium.launch({ executablePath: chromiumPath, args: quiet, ignoreDefaultArgs: bars ? ["--hide-scrollbars"] : [] });
  const complaints = [];
  try {
    const page = await browser.newPage({ viewport });
    const complain = (words) => !expected.test(words) && complaints.push(words);
    page.on("console", (message) => message.type() === "error" && complain(message.text()));
    page.on("pageerror", (error) => complain(error.message));
    page.on("request", (request) => {
      const host = new URL(request.url()).origin;
      if (host !== "null" && host !== new URL(url).origin) complain(`loaded ${request.url()}`);
    });
    const go = (path) => page.goto(`${url}/?theme=${theme}#${path}`);
    await go("/");
    if (workspace) await enterWorkspace(page);
    const answer = await work(page, go);
    assert.deepEqual(complaints, [], "the page complained");
    return answer;
  } finally {
    await browser.close();
  }
}

/** enterWorkspace starts a workspace on this computer where none is open. */
async function enterWorkspace(page) {
  await page.locator(".start-card, .frame").first().waitFor();
  if (await page.locator(".frame").isVisible()) return;
  await page.getByText("Start on this computer").click();
  await page.getByLabel("Workspace").fill("Nordlicht Werke");
  await page.getByLabel("Your name").fill("Mira Sommer");
  await page.getByLabel("Your mail address").fill("mira.sommer@nordlicht-werke.example");
  await page.getByText("Fill it with an invented company").click();
  await page.getByRole("button", { name: "Open workspace" }).click();
  await page.locator(".frame").waitFor({ timeout: 120_000 });
}

/** inList shows all tickets and gives the list the keyboard. */
export async function inList(page, go, view = "all") {
  await go(`/q/${encodeURIComponent(view)}`);
  await page.locator(".queue-row[data-ticket]").first().waitFor();
  await page.locator(".queue-grid").focus();
}

/** step prints what held, so that a failing script shows how far it came. */
export async function step(name, work) {
  const answer = await work();
  console.log(`  held: ${name}`);
  return answer;
}
