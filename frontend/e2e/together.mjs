// Two people at a real hub see each other, until one of them has the cable
// pulled: what can merge merges, the same field stands in both trays with both
// values, and one choice settles it for both.
import assert from "node:assert/strict";
import { inList, step, withWindow } from "./browser.mjs";
import { ask, withTeam } from "./team.mjs";

const people = { "Mira Sommer": "mira.sommer@nordlicht-werke.example", "Tobias Brandt": "tobias.brandt@nordlicht-werke.example" };
const subject = "The label printer stands still";
const mail = `From: Annika Petersen <annika.petersen@nordlicht-werke.example>
To: service@nordlicht-werke.example
Subject: ${subject}
Message-ID: <printer@nordlicht-werke.example>
Date: Mon, 02 Mar 2026 09:30:00 +0000

Nothing leaves the hall today.
`;

/** retitle changes the title of the open ticket by the palette and the keyboard. */
async function retitle(page, title) {
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Change the title");
  await page.locator(".palette-row[aria-selected=true]", { hasText: "Change the title" }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".ticket-title textarea").waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(title);
  await page.keyboard.press("Enter");
  await page.locator(".ticket-title", { hasText: title }).waitFor();
}

/** ticketOf is the ticket with a word in its title, as a laptop has it. */
async function ticketOf(laptop, text) {
  const { rows } = await ask(laptop, "Queue/Page", { view: "all", pill: "", text, groupBy: "", sort: "", offset: 0, limit: 10 });
  return rows[0];
}

const chip = (page, words) => page.locator(".sync-chip", { hasText: words }).waitFor({ timeout: 60_000 });

await withTeam({ people, mails: [mail] }, async ({ enrolled, cable }) => {
  const line = await cable();
  const here = await enrolled("mira", people["Mira Sommer"], line.url);
  const there = await enrolled("tobias", people["Tobias Brandt"]);

  await withWindow((mira, goMira) => withWindow(async (tobias, goTobias) => {
    for (const [page, go] of [[mira, goMira], [tobias, goTobias]]) {
      await inList(page, go);
      await page.locator(".queue-row", { hasText: subject }).waitFor();
      await page.keyboard.press("Enter");
      await page.locator(".ticket-title", { hasText: subject }).waitFor();
    }

    await step("each sees that the other is there, and who writes an answer", async () => {
      await mira.locator(".ticket-head .company", { hasText: "Tobias is reading" }).waitFor();
      await tobias.locator(".queue-row .company", { hasText: "Mira Sommer is reading" }).waitFor();
      await tobias.keyboard.press("r");
      await tobias.keyboard.type("I am on my way.");
      await mira.locator(".composer-foot .company", { hasText: "Tobias Brandt is replying" }).waitFor();
      await tobias.keyboard.press("Control+a");
      await tobias.keyboard.press("Delete");
      await tobias.keyboard.press("Escape");
      await mira.locator(".ticket-head .company", { hasText: "Tobias is reading" }).waitFor();
    });

    await step("with the cable pulled everything still works, and the chip says what waits", async () => {
      await line.pull();
      await chip(mira, "Offline");
      await retitle(mira, "Hall printer stuck");
      await mira.keyboard.press("l");
      await mira.getByLabel("New label").fill("hall-3");
      await mira.keyboard.press("Enter");
      await chip(mira, /\d+ waiting/);
    });

    await step("meanwhile a colleague changes the same field and another", async () => {
      await retitle(tobias, "Worn print head");
      await tobias.keyboard.press("i");
      await tobias.locator(".property-value", { hasText: "Tobias Brandt" }).first().waitFor();
    });

    await step("back online both have both values before them, and the rest has merged", async () => {
      await line.plug();
      await mira.keyboard.press("F5");
      await chip(mira, /1 to decide/);
      await chip(tobias, /1 to decide/);
      for (const [page, go] of [[mira, goMira], [tobias, goTobias]]) {
        await go("/");
        await page.keyboard.press("g");
        await page.keyboard.press("x");
        const clash = page.locator(".clash");
        await clash.getByText("Hall printer stuck").first().waitFor();
        await clash.getByText("Worn print head").first().waitFor();
      }
    });

    await step("Enter before a choice says what is missing, and the keyboard is where it is made", async () => {
      await mira.keyboard.press("Enter");
      await mira.locator(".clash-foot [role=status]", { hasText: "Nothing is chosen yet: press 1, 2 or 3 for Title." }).waitFor();
      assert.equal(await mira.evaluate(() => document.activeElement.className), "clash");
    });

    await step("a choice that was not applied is found again, after a look at the ticket and a reload", async () => {
      await mira.keyboard.press("1");
      await mira.locator(".clash", { hasText: "Mine: Hall printer stuck" }).waitFor();
      await mira.keyboard.press("o");
      await mira.locator(".ticket-title", { hasText: "Worn print head" }).waitFor();
      await mira.keyboard.press("g");
      await mira.keyboard.press("x");
      await mira.locator(".clash", { hasText: "Mine: Hall printer stuck" }).waitFor();
      await mira.reload();
      await mira.locator(".clash", { hasText: "Mine: Hall printer stuck" }).waitFor();
      await mira.getByRole("button", { name: "Apply 1 of 1" }).waitFor();
    });

    await step("what changes meanwhile is chosen for anew", async () => {
      await ask(there, "Ticket/Patch", { ticketId: (await ticketOf(there, "Worn")).id, field: "title", value: "Broken print head" });
      await mira.locator(".clash-meanwhile", { hasText: "Changed after you chose, so please choose again: Title." }).waitFor({ timeout: 60_000 });
      await mira.locator(".clash", { hasText: "Broken print head" }).waitFor();
      await mira.getByRole("button", { name: "Apply 0 of 1" }).waitFor();
    });

    await step("1 and Enter take mine, for both of them", async () => {
      await mira.keyboard.press("1");
      await mira.getByRole("button", { name: "Apply 1 of 1" }).waitFor();
      await mira.keyboard.press("Enter");
      await mira.getByText("Nothing waits for your choice.").waitFor({ timeout: 60_000 });
      await tobias.getByText("Nothing waits for your choice.").waitFor({ timeout: 60_000 });
      for (const laptop of [here, there]) {
        const { row, labels } = await ask(laptop, "Ticket/Open", (await ticketOf(laptop, "stuck")).id);
        assert.deepEqual([row.title, row.assignee.name, labels], ["Hall printer stuck", "Tobias Brandt", ["hall-3"]]);
      }
    });
  }, { url: there }), { url: here });
});
console.log("together: every step held");
