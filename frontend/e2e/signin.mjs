// Somebody signs in at a real hub by keyboard: what is typed wrongly is answered
// in a sentence and nothing is lost, what is typed rightly opens the queues.
import assert from "node:assert/strict";
import { inList, step, withWindow } from "./browser.mjs";
import { ask, password, withTeam } from "./team.mjs";

const people = { "Mira Sommer": "mira.sommer@nordlicht-werke.example" };
const mail = `From: Annika Petersen <annika.petersen@nordlicht-werke.example>
To: service@nordlicht-werke.example
Subject: The scanner blinks red
Message-ID: <scanner@nordlicht-werke.example>
Date: Mon, 02 Mar 2026 09:30:00 +0000

It has blinked since this morning.
`;

await withTeam({ people, mails: [mail] }, async ({ hub, laptop, devices, revoke }) => {
  const url = await laptop("mira");
  await withWindow(
    async (page, go) => {
      const press = (keys) => page.keyboard.press(keys);
      const field = (label) => page.getByLabel(label, { exact: true });
      const typed = async (values) => {
        for (const value of values) {
          await press("Control+a");
          await page.keyboard.type(value);
          await press("Tab");
        }
      };
      const problem = (words) => page.getByText(words).waitFor();

      await step("a server that is not there is named", async () => {
        await field("Server").waitFor();
        await typed(["http://127.0.0.1:1", people["Mira Sommer"], password]);
        await press("Enter");
        await problem(/127\.0\.0\.1:1/);
      });

      await step("a wrong password is answered in a sentence, and what was typed stays", async () => {
        await field("Server").focus();
        await typed([hub, people["Mira Sommer"], "not the password"]);
        await press("Enter");
        await problem(/do not belong together/);
        assert.equal(await field("Mail address").inputValue(), people["Mira Sommer"]);
      });

      await step("the right one opens the queues, and the mail is a ticket there", async () => {
        await field("Password").focus();
        await typed([password]);
        await press("Enter");
        await page.locator(".frame").waitFor();
        await page.locator(".sync-chip", { hasText: "Online" }).waitFor();
        await inList(page, go);
        await page.locator(".queue-row", { hasText: "The scanner blinks red" }).waitFor();
      });

      await step("a device that is shut out says so, keeps what is written, and goes on when its person signs in again", async () => {
        await press("Enter");
        const [{ device }] = devices(people["Mira Sommer"]);
        revoke(device);
        await page.locator(".banner", { hasText: "This device is signed out of the server." }).waitFor({ timeout: 60_000 });
        await press("n");
        await page.keyboard.type("The lamp is worn out.");
        await press("Control+Enter");
        await page.locator(".banner", { hasText: "1 unsent change is kept here" }).waitFor({ timeout: 60_000 });
        await press("Control+k");
        await page.keyboard.type("Sign in again");
        await page.locator(".palette-row[aria-selected=true]", { hasText: "Sign in again" }).waitFor();
        await press("Enter");
        assert.equal(await field("Mail address").inputValue(), people["Mira Sommer"]);
        await typed(["not the password"]);
        await field("Password").press("Enter");
        await problem(/do not belong together/);
        await field("Password").focus();
        await press("Control+a");
        await page.keyboard.type(password);
        await press("Enter");
        await page.locator(".banner").waitFor({ state: "detached" });
        await page.locator(".sync-chip", { hasText: "Online" }).waitFor();
        await page.locator(".message", { hasText: "The lamp is worn out." }).waitFor();
        assert.equal((await ask(url, "Sync/Outbox")).length, 0);
        assert.deepEqual(devices(people["Mira Sommer"]), [{ device, revoked: false }]);
        await inList(page, go);
      });

      await step("who signed in stays so after a reload", async () => {
        await page.reload();
        await page.locator(".queue-row", { hasText: "The scanner blinks red" }).waitFor();
      });
    },
    { url, workspace: false, expected: /Failed to load resource/ },
  );
});
console.log("signin: every step held");
