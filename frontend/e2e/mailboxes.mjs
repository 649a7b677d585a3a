// The mailboxes by keyboard, beside a hub whose mail server lets nobody in and
// to which mails came that nothing could be made of.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { checkAccess } from "./axe.mjs";
import { step, withWindow } from "./browser.mjs";
import { withTeam } from "./team.mjs";

const email = "lea.brandt@nordlicht-werke.example";
const bounce = (n) =>
  [
    "From: MAILER-DAEMON@mail.example",
    "To: service@nordlicht-werke.example",
    `Subject: Undelivered ${n}`,
    `Message-ID: <bounce-${n}@mail.example>`,
    `Date: Mon, 2 Mar 2026 09:0${n}:00 +0000`,
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
    "",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mail.example",
    "",
    `Final-Recipient: rfc822; gone${n}@mail.example`,
    "Action: failed",
    "Status: 5.1.1",
    "--b--",
    "",
  ].join("\r\n");

const work = ["From: Scanner <scan@printers.example>", "To: service@nordlicht-werke.example", "Subject: The toner is empty", "Message-ID: <toner@printers.example>", "Date: Mon, 2 Mar 2026 10:00:00 +0000", "", "Black.", ""].join("\r\n");

/** closed is a mail server that knows nobody (RFC 9051 §6.2.3). */
async function closed() {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.write("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready\r\n");
    socket.on("data", (data) => {
      for (const line of String(data).split("\r\n").filter(Boolean)) {
        const [tag, command = ""] = line.split(" ");
        const said = { CAPABILITY: "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n", LOGOUT: "* BYE\r\n" }[command.toUpperCase()];
        socket.write(said ? `${said}${tag} OK done\r\n` : `${tag} NO [AUTHENTICATIONFAILED] Authentication failed.\r\n`);
      }
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `127.0.0.1:${server.address().port}`, close: () => server.close() };
}

const imap = await closed();
process.env.HOLDALL_MAILBOX_PASSWORD = "a wrong one";
try {
  const scene = { people: { "Lea Brandt": email }, role: "agent,admin", mails: [...[1, 2, 3].map(bounce), work], serving: ["--mailbox", `imap://service%40nordlicht-werke.example@${imap.address}/INBOX`] };
  await withTeam(scene, async ({ enrolled, cable }) => {
    const line = await cable();
    const url = await enrolled("lea", email, line.url);
    for (const theme of ["dark", "light"]) {
      await withWindow(
        async (page, go) => {
          const rows = page.locator(".list-line");
          const current = page.locator(".list-line[aria-current=true]");
          await step(`a refused sign-in stands over everything, ${theme}`, async () => {
            await page.locator(".banner").getByText("The mail of service@nordlicht-werke.example is not read").waitFor();
          });
          await step("g b leads to the mailboxes, with what is wrong and the way out", async () => {
            await page.locator(".sheet-of-work").click({ position: { x: 5, y: 5 } });
            await page.keyboard.press("g");
            await page.keyboard.press("b");
            await page.locator(".mailbox").getByText("Connect the mailbox again").waitFor();
            await page.locator(".mailbox").getByText("Stopped").waitFor();
            await checkAccess(page, `mailboxes ${theme}`);
          });
          await step("r takes another password, and says that the server does not", async () => {
            await page.keyboard.press("r");
            await page.getByLabel("Password").fill("another wrong one");
            await page.keyboard.press("Enter");
            await page.getByRole("dialog").getByText("does not take this password").waitFor();
            await checkAccess(page, `renew ${theme}`);
            await page.keyboard.press("Escape");
            await page.getByRole("dialog").waitFor({ state: "detached" });
          });
          await step("2 leads to quarantine", async () => {
            await page.keyboard.press("2");
            await rows.first().waitFor();
            assert.equal(await rows.filter({ hasText: "Undelivered" }).count(), 3);
            await checkAccess(page, `quarantine ${theme}`);
          });
          await step("3 leads to the rules; n adds one, and what is wrong with it is said", async () => {
            await page.keyboard.press("3");
            await page.getByText("Every mail becomes an incident in triage").waitFor();
            await page.keyboard.press("n");
            await page.keyboard.type("Printers");
            await page.keyboard.press("Control+Enter");
            await page.locator(".problem").getByText("Printers").waitFor();
          });
          await step("a rule is saved by key and told in a line", async () => {
            await page.getByLabel("is like").fill("*@printers.example, scan*");
            await checkAccess(page, `rules ${theme}`);
            await page.keyboard.press("Control+Enter");
            await current.getByText("the sender is *@printers.example or scan*").waitFor();
            await page.waitForFunction(() => !document.querySelector(".rule-bar [data-kind=primary]"));
          });
          await step("t tries it on past mails, and changes nothing", async () => {
            await page.locator(".list-line").first().focus();
            await page.keyboard.press("t");
            await page.getByRole("dialog").getByText("1 mail would have been met").waitFor();
            await page.getByRole("dialog").getByText("The toner is empty").waitFor();
            await checkAccess(page, `trial ${theme}`);
            await page.keyboard.press("Escape");
            await page.getByRole("dialog").waitFor({ state: "detached" });
          });
          await step("d takes it away again", async () => {
            await page.locator(".list-line").first().focus();
            await page.keyboard.press("d");
            await page.keyboard.press("Control+Enter");
            await page.getByText("Every mail becomes an incident in triage").waitFor();
            await page.waitForFunction(() => !document.querySelector(".rule-bar [data-kind=primary]"));
            await page.keyboard.press("2");
            await rows.first().waitFor();
          });
          if (theme === "dark") return;
          await step("j goes down, and the header can be read", async () => {
            await page.keyboard.press("j");
            await current.getByText("Undelivered 2").waitFor();
            await page.locator(".quarantine-header").getByText("MAILER-DAEMON@mail.example").waitFor();
          });
          await step("s saves the mail as it came", async () => {
            const [saved] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("s")]);
            assert.equal(saved.suggestedFilename(), "Undelivered 2.eml");
          });
          await step("offline a decision waits and says so", async () => {
            await line.pull();
            await page.getByText("Offline").first().waitFor();
            await page.keyboard.press("m");
            await page.locator(".quarantine-why[data-pending=true]").getByText("Waiting to send").waitFor();
            await checkAccess(page, "quarantine pending");
          });
          await step("with a connection it becomes a ticket, which o opens", async () => {
            await line.plug();
            await page.keyboard.press("F5");
            await page.locator(".quarantine-acts").getByText("Open INC").waitFor();
            await page.keyboard.press("o");
            await page.locator(".ticket-panes").getByText("original.eml").first().waitFor();
          });
          await step("d puts a mail aside", async () => {
            await go("/mailboxes/quarantine");
            await rows.first().waitFor();
            const [name] = (await current.textContent()).match(/Undelivered \d/);
            await page.keyboard.press("d");
            await page.waitForFunction((gone) => ![...document.querySelectorAll(".list-line")].some((row) => row.textContent.includes(gone)), name);
          });
          await step("r tries again in vain, and says how often", async () => {
            await page.keyboard.press("r");
            await page.locator(".quarantine-why").getByText("tried 2 times").waitFor({ timeout: 60_000 });
          });
        },
        { url, theme, expected: /status of (404|422)/ },
      ).catch((fault) => {
        throw new Error(`${theme}: ${fault.message}`, { cause: fault });
      });
    }
  });
} finally {
  imap.close();
}
