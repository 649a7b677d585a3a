// A ticket is passed to a team one is not in, while one works on it without a
// network: what happened is said, every word is found, copied, put aside, and done
// again once the ticket is back.
import assert from "node:assert/strict";
import { inList, step, withWindow } from "./browser.mjs";
import { ask, withTeam } from "./team.mjs";

const colleague = "Maximiliane-Charlotte von Altenburg-Schleusingen";
const people = { "Mira Sommer": "mira.sommer@nordlicht-werke.example", [colleague]: "maximiliane.altenburg@nordlicht-werke.example" };
const subject = "The badge does not open gate 4";
const mail = `From: Annika Petersen <annika.petersen@nordlicht-werke.example>
To: service@nordlicht-werke.example
Subject: ${subject}
Message-ID: <gate@nordlicht-werke.example>
Date: Mon, 02 Mar 2026 09:30:00 +0000

It has been red since Monday.
`;

// The browser logs every refusal as a failed request.
const gone = /status of 404/;

const chip = (page, words) => page.locator(".sync-chip", { hasText: words }).waitFor({ timeout: 60_000 });
const count = (page, view) => page.locator(`.side-item[href$="${view}"] .side-count`);
const copied = (page, words) => page.waitForFunction(async (wanted) => (await navigator.clipboard.readText()) === wanted, words, { timeout: 10_000 });

/** command runs a command of the palette by its name. */
async function command(page, name) {
  await page.keyboard.press("Control+k");
  await page.keyboard.type(name);
  await page.locator(".palette-row[aria-selected=true]", { hasText: name }).waitFor();
  await page.keyboard.press("Enter");
}

await withTeam({ people, mails: [mail], others: ["Network"] }, async ({ enrolled, cable }) => {
  const line = await cable();
  const here = await enrolled("mira", people["Mira Sommer"], line.url);
  const there = await enrolled("maximiliane", people[colleague]);
  const [{ id }] = (await ask(there, "Queue/Page", { view: "all", pill: "", text: "", groupBy: "", sort: "", offset: 0, limit: 10 })).rows;
  const { teams, people: agents } = await ask(there, "Directory/Options");
  const teamOf = (name) => teams.find((team) => team.label === name).id;
  const pass = (team) => ask(there, "Ticket/Patch", { ticketId: id, field: "team", value: team, reason: "" });
  const notes = async () => (await ask(there, "Ticket/Open", id)).thread.filter(({ kind, text }) => kind === "note" && text === "The reader is worn out.");
  await ask(there, "Ticket/Patch", { ticketId: id, field: "assignee", value: agents.find(({ name }) => name === colleague).id, reason: "" });

  await withWindow(async (page, go) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await inList(page, go);
    await page.locator(".queue-row[data-cursor=true]", { hasText: subject }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".ticket-title", { hasText: subject }).waitFor();

    await step("a long name of who is writing too leaves the button that sends in its place", async () => {
      await page.setViewportSize({ width: 1024, height: 700 });
      await ask(there, "Ticket/Attend", { ticketId: id, doing: "replying" });
      await page.locator(".composer-foot .company", { hasText: `${colleague} is replying` }).waitFor();
      const end = (part) => page.locator(part).evaluate((box) => box.getBoundingClientRect().right);
      const [composer, button] = [await end(".composer"), await end(".composer-foot .button[data-kind=primary]")];
      assert.ok(button <= composer, `the button ends at ${button}, the composer at ${composer}`);
      await ask(there, "Ticket/Attend", { ticketId: "", doing: "" });
      await page.locator(".composer-foot .company").waitFor({ state: "detached" });
      await page.setViewportSize({ width: 1440, height: 900 });
    });

    await step("without a network a note is added, and another one begun", async () => {
      await line.pull();
      await chip(page, "Offline");
      for (const [text, key] of [["The reader is worn out.", "Control+Enter"], ["Ask the locksmith", "Escape"]]) {
        await page.keyboard.press("n");
        await page.locator(".composer-text:focus").waitFor();
        await page.keyboard.type(text);
        await page.locator(".composer-saved", { hasText: "Saved" }).waitFor();
        await page.keyboard.press(key);
      }
      await chip(page, "1 waiting");
    });

    await step("passed on meanwhile, the ticket says that it left and shows what was begun", async () => {
      await pass(teamOf("Network"));
      await line.plug();
      await page.keyboard.press("F5");
      await chip(page, "1 to decide");
      await page.locator(".ticket-banner", { hasText: "What you began to write on it is still here." }).waitFor();
      await page.locator(".composer-left[data-kind=note]", { hasText: "Ask the locksmith" }).waitFor();
      assert.equal(await page.locator(".properties").count(), 0, "of a ticket that left nothing is known");
    });

    await step("the drafts lead to it, and its words are copied and put aside", async () => {
      await page.keyboard.press("g");
      await page.keyboard.press("d");
      await page.locator(".queue-row[data-cursor=true]", { hasText: "A ticket that left this device" }).waitFor();
      await page.keyboard.press("Enter");
      await page.locator(".composer-left").waitFor();
      await command(page, "Copy the unsent words");
      await copied(page, "Ask the locksmith");
      await command(page, "Discard the unsent words");
      await count(page, "drafts").waitFor({ state: "detached" });
    });

    await step("what was refused stands in the tray with its reason, and is copied by key", async () => {
      await page.keyboard.press("g");
      await page.keyboard.press("x");
      await page.locator(".list-entry[aria-current=true]", { hasText: "A ticket that left this device" }).waitFor();
      await page.locator(".refusal", { hasText: "not in one of your teams' queues any more" }).waitFor();
      await page.keyboard.press(".");
      await copied(page, "The reader is worn out.");
      assert.equal(await page.getByRole("button", { name: "Try again" }).count(), 0, "out of reach it would be refused again");
    });

    await step("once the ticket is back, it is done again by key, and leaves the tray", async () => {
      await pass(teamOf("First line"));
      await page.locator(".refusal").getByRole("button", { name: "Try again" }).waitFor({ timeout: 60_000 });
      await page.keyboard.press("r");
      await page.getByText("Nothing waits for your choice.").waitFor();
      await count(page, "conflicts").waitFor({ state: "detached" });
      await chip(page, /^Online(?!.*waiting)/);
      assert.equal((await notes()).length, 1);
    });
  }, { url: here, expected: gone });
});
console.log("parted: every step held");
