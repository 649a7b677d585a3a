// How far a reply has come: it waits for a mail server that is away, says until
// when, is sent by key when the server is back, and one that failed is sent once
// more by its button.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { checkAccess } from "./axe.mjs";
import { step, withWindow } from "./browser.mjs";
import { ask, withTeam } from "./team.mjs";

const people = { "Mira Sommer": "mira.sommer@nordlicht-werke.example" };

const mails = [
  `From: Annika Petersen <annika.petersen@nordlicht-werke.example>
To: service@nordlicht-werke.example
Subject: The printer is dead
Message-ID: <first@nordlicht-werke.example>

Nothing happens when I press the button.
`,
];

/** postOffice is a mail server that refuses, or takes, and can be away. */
async function postOffice() {
  const taken = [];
  let refusal = "";
  const lines = new Set();
  const server = createServer((line) => {
    lines.add(line);
    line.on("error", () => {}).on("close", () => lines.delete(line));
    let data = "";
    let inMail = false;
    line.write("220 mx.example\r\n");
    line.on("data", (chunk) => {
      data += chunk;
      for (let end; (end = data.indexOf(inMail ? "\r\n.\r\n" : "\r\n")) >= 0; ) {
        const said = data.slice(0, end);
        data = data.slice(end + (inMail ? 5 : 2));
        if (inMail) {
          inMail = false;
          taken.push(said);
          line.write("250 taken\r\n");
          continue;
        }
        inMail = said === "DATA";
        line.write(inMail ? "354 go on\r\n" : said.startsWith("RCPT") && refusal ? `${refusal}\r\n` : "250 ok\r\n");
      }
    });
  });
  const listen = (port) => new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address();
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    refuse: (words) => (refusal = words),
    open: () => listen(port),
    close: () => {
      const closed = new Promise((resolve) => server.close(resolve));
      lines.forEach((line) => line.destroy());
      return closed;
    },
  };
}

for (const theme of ["light", "dark"]) {
  const office = await postOffice();
  await office.close();
  await withTeam({ people, mails, smtp: office.url }, async ({ enrolled }) => {
    const laptop = await enrolled("mira", people["Mira Sommer"]);
    await withWindow(
      async (page, go) => {
        const { rows } = await ask(laptop, "Queue/Page", { view: "all", pill: "", text: "printer", groupBy: "", sort: "", offset: 0, limit: 10 });
        const reply = page.locator(".message[data-kind=reply]").last();
        const answer = async (text) => {
          await ask(laptop, "Compose/Send", { ticketId: rows[0].id, kind: "reply", text, seenId: "", envelope: { to: [], cc: [], all: false } });
          await page.locator(".message[data-kind=reply]").getByText(text).waitFor();
        };
        await go(`/t/${rows[0].id}`);
        await page.locator(".message").first().waitFor();

        await step(`${theme}: a reply waits for the mail server, and says why and until when`, async () => {
          await answer("Have you tried turning it off?");
          await reply.getByText(/Waits · next try/).waitFor({ timeout: 40_000 });
          await reply.getByText("The mail server cannot be reached").waitFor();
          assert.equal(await reply.getAttribute("data-waiting"), "true");
          await checkAccess(page, `waiting, ${theme}`);
          if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/waiting-${theme}.png` });
        });

        await step("a key sends it when the server is back", async () => {
          await office.open();
          for (const end = Date.now() + 90_000; office.taken.length === 0 && Date.now() < end; ) {
            await reply.focus();
            await page.keyboard.press("Shift+s");
            await reply.getByText("Sent", { exact: true }).waitFor({ timeout: 10_000 }).catch(() => {});
          }
          await reply.getByText("Sent", { exact: true }).waitFor();
          assert.equal(office.taken.length, 1);
          assert.match(office.taken[0], /Have you tried turning it off\?/);
        });

        await step("what was refused says so, and its button sends it once more", async () => {
          office.refuse("550 5.1.1 no such user");
          await answer("It should work by now.");
          await reply.getByText("Not delivered").waitFor({ timeout: 40_000 });
          await reply.getByText("no such user").waitFor();
          await checkAccess(page, `failed, ${theme}`);
          if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/failed-${theme}.png` });
          office.refuse("");
          await reply.getByRole("button", { name: "Send again" }).click();
          await reply.getByText("Sent", { exact: true }).waitFor({ timeout: 30_000 });
          assert.equal(office.taken.length, 2);
          assert.equal(await reply.getByRole("button", { name: "Send again" }).count(), 0);
        });

        await step("what failed on any ticket is listed among what is unsent, and r sends it from there", async () => {
          office.refuse("550 5.1.1 no such user");
          await answer("Is it well now?");
          await reply.getByText("Not delivered").waitFor({ timeout: 40_000 });
          await go("/unsent");
          const line = page.locator(".answer-item[aria-current=true]");
          await line.getByText("no such user").waitFor();
          await line.getByText("Is it well now?").waitFor();
          await checkAccess(page, `stuck answers, ${theme}`);
          office.refuse("");
          await page.keyboard.press("r");
          await line.waitFor({ state: "detached" });
          for (const end = Date.now() + 30_000; office.taken.length < 3 && Date.now() < end; ) await new Promise((resolve) => setTimeout(resolve, 200));
          assert.match(office.taken[2] ?? "", /Is it well now\?/);
        });
      },
      { url: laptop, theme },
    );
  });
  await office.close();
}
console.log("delivery: every step held");
