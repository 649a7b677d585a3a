// A mailbox is connected, changed, paused and removed by keyboard at a hub whose
// configuration names none; what the mail servers do not take is said. Its answers
// keep to a rate, and rest by themselves.
import assert from "node:assert/strict";
import { checkAccess } from "./axe.mjs";
import { step, withWindow } from "./browser.mjs";
import { openPost } from "./post.mjs";
import { ask, withTeam } from "./team.mjs";

const email = "lea.brandt@nordlicht-werke.example";
const address = "service@nordlicht-werke.example";
const post = await openPost("correct horse");

const mails = ["The printer is dead", "The lift stands still"].map((subject, n) =>
  ["From: Annika Petersen <annika.petersen@nordlicht-werke.example>", `To: ${address}`, `Subject: ${subject}`, `Message-ID: <mail-${n}@nordlicht-werke.example>`, "", "Nothing happens.", ""].join("\r\n"),
);

const words = (theme) => `We are on it (${theme}).`;

/** answer writes on each ticket, as the person at the laptop. */
async function answer(url, text) {
  const { rows } = await ask(url, "Queue/Page", { view: "all", pill: "", text: "", groupBy: "", sort: "", offset: 0, limit: 10 });
  assert.equal(rows.length, mails.length);
  for (const { id } of rows) await ask(url, "Compose/Send", { ticketId: id, kind: "reply", text, seenId: "", envelope: { to: [], cc: [], all: false } });
}

/** left counts the answers that the mail server took. */
const left = (theme) => post.taken.filter((mail) => mail.includes(words(theme))).length;

/** fill writes the servers of the post into the open sheet. */
async function fill(page) {
  const sheet = page.getByRole("dialog");
  for (const [group, port] of [["Reading", post.imapPort], ["Sending", post.smtpPort]]) {
    const fields = sheet.getByRole("group", { name: group });
    await fields.getByLabel("Server", { exact: true }).fill("127.0.0.1");
    await fields.getByLabel("Port").fill(String(port));
    await fields.locator(".pick").click();
    await page.getByRole("option", { name: /^None/ }).click();
  }
}

try {
  await withTeam({ people: { "Lea Brandt": email }, role: "agent,admin", mails }, async ({ enrolled }) => {
    const url = await enrolled("lea", email);
    for (const theme of ["dark", "light"]) {
      await withWindow(
        async (page, go) => {
          const sheet = page.getByRole("dialog");
          const problem = sheet.locator(".problem");
          const box = page.locator(".mailbox").filter({ hasText: "INBOX" });
          const answers = page.locator(".mailbox").filter({ hasText: "Answers waiting" });
          const most = sheet.getByLabel("Mails a minute at most");
          const keep = () => page.keyboard.press("Control+Enter");
          await step(`n connects a mailbox, ${theme}`, async () => {
            await go("/mailboxes");
            await page.getByText("No mailbox is read").waitFor();
            await checkAccess(page, `no mailbox ${theme}`);
            await page.locator(".rule-bar button").focus();
            await page.keyboard.press("n");
            await sheet.getByLabel("Address", { exact: true }).fill(address);
            await page.keyboard.press("Tab");
            await page.waitForFunction(() => [...document.querySelectorAll(".connect input")].some((field) => field.value === "imap.nordlicht-werke.example"));
            await checkAccess(page, `connect ${theme}`);
          });
          await step("each mistake has its sentence, and nothing is kept", async () => {
            await keep();
            await problem.getByText(`Give the password of ${address}`).waitFor();
            await sheet.getByLabel("Password", { exact: true }).fill("a guess");
            await keep();
            await problem.getByText(/imap.nordlicht-werke.example (cannot be looked up|; check)|no server named imap.nordlicht-werke.example|name imap.nordlicht-werke.example/).waitFor({ timeout: 60_000 });
            await fill(page);
            await most.fill("ten");
            await keep();
            await problem.getByText('"ten" is no number of mails that may leave in a minute').waitFor();
            await most.fill("");
            await keep();
            await problem.getByText(`does not take this password for ${address}`).waitFor();
            await sheet.getByLabel("Folder that is read").fill("Desk");
            await sheet.getByLabel("Password", { exact: true }).fill("correct horse");
            await keep();
            await problem.getByText("There is no folder Desk").waitFor();
            await checkAccess(page, `connect refused ${theme}`);
          });
          await step("closed by mistake it is found as it was written, but for its secrets", async () => {
            await page.keyboard.press("Escape");
            await sheet.waitFor({ state: "detached" });
            await page.keyboard.press("n");
            const reading = sheet.getByRole("group", { name: "Reading" });
            assert.deepEqual(
              [await sheet.getByLabel("Address", { exact: true }).inputValue(), await reading.getByLabel("Port").inputValue(), await sheet.getByLabel("Folder that is read").inputValue()],
              [address, String(post.imapPort), "Desk"],
            );
            assert.equal(await sheet.getByLabel("Password", { exact: true }).inputValue(), "");
            await sheet.getByLabel("Password", { exact: true }).fill("correct horse");
          });
          await step("tried at both servers it is kept, and read at once", async () => {
            await sheet.getByLabel("Folder that is read").fill("INBOX");
            await keep();
            await sheet.waitFor({ state: "detached" });
            await box.getByText("Reading as mail comes").waitFor();
            await page.keyboard.press("n");
            assert.equal(await sheet.getByLabel("Address", { exact: true }).inputValue(), "");
            await page.keyboard.press("Escape");
            await sheet.waitFor({ state: "detached" });
            await page.locator(".mailbox").filter({ hasText: "Sending" }).waitFor();
            await checkAccess(page, `connected ${theme}`);
          });
          await step("e changes it, and another server wants the password again", async () => {
            await box.click({ position: { x: 5, y: 5 } });
            await page.keyboard.press("e");
            const reading = sheet.getByRole("group", { name: "Reading" });
            assert.equal(await reading.getByLabel("Port").inputValue(), String(post.imapPort));
            await reading.getByLabel("Server", { exact: true }).fill("localhost");
            await keep();
            await problem.getByText("shown to no other server").waitFor();
            await reading.getByLabel("Server", { exact: true }).fill("127.0.0.1");
            await sheet.getByLabel("Name in answers").fill("IT service");
            await keep();
            await sheet.waitFor({ state: "detached" });
          });
          await step("p pauses the reading, and has it go on", async () => {
            await page.keyboard.press("p");
            await box.getByText("Paused").waitFor();
            await answers.getByText("Sending", { exact: true }).waitFor();
            await page.keyboard.press("p");
            await box.getByText("Reading as mail comes").waitFor();
          });
          await step("e on the line of its answers bounds how many leave", async () => {
            await answers.click({ position: { x: 5, y: 5 } });
            await page.keyboard.press("e");
            await most.fill("1");
            await keep();
            await sheet.waitFor({ state: "detached" });
            await answers.getByText("1 a minute").waitFor();
            await answer(url, words(theme));
            await answers.getByText("the answers leave in their turn").waitFor({ timeout: 60_000 });
            await checkAccess(page, `a rate ${theme}`);
          });
          await step("p on that line pauses the sending alone, and the banner says that answers wait", async () => {
            await page.keyboard.press("p");
            await answers.getByText("Paused").waitFor();
            await answers.getByText("wait until sending goes on").waitFor();
            await box.getByText("Reading as mail comes").waitFor();
            await page.locator(".banner").getByText(`Sending from ${address} is paused`).waitFor();
            await checkAccess(page, `sending paused ${theme}`);
          });
          await step("without a bound and a rest each answer leaves once", async () => {
            await page.keyboard.press("e");
            await most.fill("");
            await keep();
            await sheet.waitFor({ state: "detached" });
            await page.keyboard.press("p");
            await answers.getByText("Sending", { exact: true }).waitFor();
            await page.locator(".banner").waitFor({ state: "detached" });
            for (let tries = 0; left(theme) < 2 && tries < 300; tries++) await page.waitForTimeout(100);
            assert.equal(left(theme), 2);
            await box.click({ position: { x: 5, y: 5 } });
          });
          await step("a provider is asked in the browser", async () => {
            await page.keyboard.press("e");
            await sheet.locator(".pick").first().click();
            await page.getByRole("option", { name: "Another provider" }).click();
            await sheet.getByLabel("Client id").fill("desk");
            await sheet.getByLabel("Where people are asked").fill(`${post.provider}/authorize`);
            await sheet.getByLabel("Where tokens are given").fill(`${post.provider}/token`);
            await keep();
            await problem.getByText(`sign in there as ${address}`).waitFor();
            const [popup] = await Promise.all([page.context().waitForEvent("page"), sheet.getByRole("button", { name: "Allow it in the browser" }).click()]);
            await popup.getByText("The mailbox is connected").waitFor();
            await popup.close();
            await sheet.getByText("Allowed. It can be connected now.").waitFor();
            await checkAccess(page, `allowed ${theme}`);
            await keep();
            await sheet.waitFor({ state: "detached" });
            await box.getByText("another provider").waitFor();
          });
          await step("d removes it once that was said twice", async () => {
            await page.keyboard.press("d");
            await sheet.getByText("what signed in is forgotten").waitFor();
            await checkAccess(page, `remove ${theme}`);
            await page.keyboard.press("Enter");
            await page.getByText("No mailbox is read").waitFor();
          });
        },
        { url, theme, expected: /status of (404|409|422)/ },
      ).catch((fault) => {
        throw new Error(`${theme}: ${fault.message}`, { cause: fault });
      });
    }
  });
} finally {
  post.close();
}
