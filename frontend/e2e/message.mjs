// A message seen whole: why it is here, the header and the source of its mail,
// the mail inside it, all by key.
import assert from "node:assert/strict";
import { checkAccess } from "./axe.mjs";
import { step, withWindow } from "./browser.mjs";
import { ask, withTeam } from "./team.mjs";

const people = { "Mira Sommer": "mira.sommer@nordlicht-werke.example" };

let minute = 10; // each mail comes a minute after the one before it
const head = (id, more = "") => `From: Annika Petersen <annika.petersen@nordlicht-werke.example>
To: service@nordlicht-werke.example
Message-ID: <${id}@nordlicht-werke.example>
Date: Mon, 02 Mar 2026 09:${minute++}:00 +0000
MIME-Version: 1.0${more}
`;

const plain = (id, subject, text, more) => `${head(id, more)}Subject: ${subject}\n\n${text}\n`;

const meeting = (method, sequence, start) => `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//EN
METHOD:${method}
BEGIN:VEVENT
UID:meeting-1
SEQUENCE:${sequence}
DTSTAMP:20260301T090000Z
DTSTART:${start}
DURATION:PT1H
SUMMARY:Look at the scanner
LOCATION:Room 4
ORGANIZER;CN=Annika Petersen:mailto:annika.petersen@nordlicht-werke.example
ATTENDEE;CN=Service:mailto:service@nordlicht-werke.example
ATTENDEE;CN=Jonas Hinrichs;PARTSTAT=ACCEPTED:mailto:jonas.hinrichs@nordlicht-werke.example
END:VEVENT
END:VCALENDAR`;
const invites = (id, more, ...of) => `${head(id, `${more}\nContent-Type: multipart/alternative; boundary=b`)}Subject: The scanner

--b
Content-Type: text/plain

Shall we look at it together?
--b
Content-Type: text/calendar; method=${of[0]}

${meeting(...of)}
--b--
`;

const crowd = Array.from({ length: 60 }, (_, at) => `guest${at}@nordlicht-werke.example`).join(",\n ");

const mails = [
  plain("party", "The projector in the big hall", "It concerns us all.", `\nCc: ${crowd}`),
  invites("asks", "", "REQUEST", 0, "20260309T100000Z"),
  invites("later", "", "REQUEST", 1, "20260310T100000Z"),
  plain("phone", "The phone is dead", "No tone at all."),
  plain("again", "Re: The phone is dead", "And the beamer flickers.", "\nIn-Reply-To: <phone@nordlicht-werke.example>"),
  `${head("first")}Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe_vom_Drucker?=
Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=o

--o
Content-Type: multipart/mixed; boundary=i

--i
Content-Type: text/plain; charset=utf-8

The printer is dead. <script>document.title = "ran"</script>
--i
Content-Type: message/rfc822

From: help@vendor.example
Subject: Before
X-Of: the mail inside

Have you tried turning it off?
--i--
--o
Content-Type: application/pkcs7-signature; name=smime.p7s

x
--o--
`,
];

async function openTicket(page, go, laptop, words) {
  const { rows } = await ask(laptop, "Queue/Page", { view: "all", pill: "", text: words, groupBy: "", sort: "", offset: 0, limit: 10 });
  await go(`/t/${rows[0].id}`);
  await page.locator(".message").first().waitFor();
  return rows[0];
}

for (const theme of ["light", "dark"]) {
  await withTeam({ people, mails }, async ({ enrolled }) => {
    const laptop = await enrolled("mira", people["Mira Sommer"]);
    await withWindow(
      async (page, go) => {
        const sheet = page.getByRole("dialog");

        await step(`${theme}: an answer to more people than may get one says so, and goes to who asked`, async () => {
          await openTicket(page, go, laptop, "projector");
          await page.keyboard.press("Shift+r");
          await page.locator(".composer").getByText("at most 50 people").waitFor();
          await page.locator(".composer").getByRole("button", { name: /^Send to Annika/ }).waitFor();
          await openTicket(page, go, laptop, "Drucker");
        });

        await step(`${theme}: a key tells why a message is here, and what of it can be trusted`, async () => {
          await page.locator(".message-marks").getByText("Signed (S/MIME)").waitFor();
          await page.keyboard.press("Alt+ArrowUp");
          await page.keyboard.press("v");
          await sheet.getByText("It opened this ticket").waitFor();
          await sheet.getByText("Sender not confirmed").waitFor();
          await sheet.getByText("Holdall does not check signatures").waitFor();
          await checkAccess(page, `why, ${theme}`);
        });

        await step("the header is decoded and listed", async () => {
          await sheet.getByRole("tab", { name: "Headers" }).click();
          await sheet.getByText("Grüße vom Drucker").waitFor();
          await checkAccess(page, `headers, ${theme}`);
        });

        await step("the source is text and does nothing", async () => {
          await page.keyboard.press("ArrowRight");
          const source = sheet.locator("pre");
          await source.getByText("multipart/signed").waitFor();
          assert.match(await source.innerText(), /<script>document\.title = "ran"<\/script>/);
          assert.notEqual(await page.title(), "ran");
          assert.equal(await source.locator("*").count(), 0);
          await checkAccess(page, `source, ${theme}`);
        });

        await step("a mail sent along is looked into the same way", async () => {
          await sheet.getByRole("tab", { name: "Why it is here" }).click();
          await sheet.getByRole("button", { name: "Look into Before.eml" }).click();
          await sheet.getByText("the mail inside").waitFor();
          await page.keyboard.press("Escape");
          await sheet.waitFor({ state: "hidden" });
        });

        await step("the menu of a message offers the same by pointer", async () => {
          await page.getByRole("button", { name: "More about this message" }).first().click();
          await checkAccess(page, `menu, ${theme}`);
          await page.getByRole("menuitem", { name: "Why it is here" }).click();
          await sheet.getByText("It opened this ticket").waitFor();
          await page.keyboard.press("Escape");
        });

        await step("a meeting is shown with its time and who comes, and the older invitation as moved", async () => {
          await openTicket(page, go, laptop, "scanner");
          const meetings = page.getByRole("region", { name: "Meeting: Look at the scanner" });
          await meetings.nth(1).waitFor();
          assert.match(await meetings.nth(0).innerText(), /Moved to .*(10 March|March 10)/);
          assert.match(await meetings.nth(1).innerText(), /10 March|March 10/);
          assert.match(await meetings.nth(1).innerText(), /Room 4/);
          assert.match(await meetings.nth(1).innerText(), /Jonas Hinrichs[^]*accepted/);
          assert.doesNotMatch(await meetings.nth(1).innerText(), /Moved/);
          await checkAccess(page, `meeting, ${theme}`);
        });

        await step("the newest invitation is answered from its card", async () => {
          const meetings = page.getByRole("region", { name: "Meeting: Look at the scanner" });
          await meetings.nth(1).getByRole("button", { name: "Accept" }).click();
          await meetings.nth(1).getByText("Answered: we come").waitFor();
          await page.getByText("We come to “Look at the scanner”.").first().waitFor();
          assert.equal(await meetings.nth(0).getByRole("button", { name: "Accept" }).count(), 0);
        });

        await step("a message is moved by key to a ticket found by its words, and back", async () => {
          const { number } = await openTicket(page, go, laptop, "phone");
          await page.getByText("And the beamer flickers.").waitFor();
          await page.keyboard.press("Alt+ArrowUp");
          await page.keyboard.press("Shift+M");
          await page.keyboard.type("Grüße");
          await page.locator(".option").first().waitFor();
          await page.keyboard.press("ArrowDown");
          await page.keyboard.press("Enter");
          await checkAccess(page, `move, ${theme}`);
          await page.keyboard.press("Enter");
          await sheet.waitFor({ state: "hidden" });
          await page.getByText("And the beamer flickers.").waitFor({ state: "detached" });
          await page.locator(".thread-changes").getByText("moved a message to").first().waitFor({ state: "attached" });
          await openTicket(page, go, laptop, "Drucker");
          await page.getByText("And the beamer flickers.").waitFor();
          await page.keyboard.press("z");
          await page.getByText("And the beamer flickers.").waitFor({ state: "detached" });
          assert.equal((await openTicket(page, go, laptop, "phone")).number, number);
          await page.getByText("And the beamer flickers.").waitFor();
        });

        await step("a message becomes a ticket of its own, and the way back cancels it", async () => {
          await page.locator(".message", { hasText: "beamer" }).focus();
          await page.keyboard.press("Shift+D");
          assert.equal(await sheet.getByLabel("Title").inputValue(), "And the beamer flickers.");
          await checkAccess(page, `split, ${theme}`);
          await page.keyboard.press("Enter");
          await sheet.waitFor({ state: "hidden" });
          await page.locator(".ticket-head").getByText("And the beamer flickers.").waitFor();
          assert.equal(await page.locator(".message").count(), 1);
          await page.locator(".message").focus();
          await page.keyboard.press("v");
          await sheet.getByText("Mira Sommer moved it here from").waitFor();
          await page.keyboard.press("Escape");
          await page.keyboard.press("z");
          await page.locator(".ticket-head").getByText("Cancelled").first().waitFor();
          await openTicket(page, go, laptop, "phone");
          assert.equal(await page.locator(".message").count(), 2);
        });
      },
      { url: laptop, theme, expected: /status of 429/ },
    );
  });
}
console.log("message: every step held");
