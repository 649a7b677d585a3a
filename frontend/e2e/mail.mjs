// A hostile mail, taken in by a real hub and shown as it was sent: it runs
// nothing, loads nothing and leads nowhere by itself, its frame is as tall as it
// is, and what was left out is said. Then each wall alone.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { step, withWindow } from "./browser.mjs";
import { ask, withTeam } from "./team.mjs";

const people = { "Mira Sommer": "mira.sommer@nordlicht-werke.example" };

/** A canary counts who calls it: nobody may. */
async function withCanary(work) {
  const calls = [];
  const server = createServer((request, response) => {
    calls.push(request.url);
    response.end();
  });
  let connections = 0;
  server.on("connection", () => connections++);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await work(`http://127.0.0.1:${server.address().port}`, () => ({ connections, calls }));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const attacks = (canary) => `
  <script>parent.postMessage("ran","*");new Image().src="${canary}/script"</script><script src="${canary}/s.js"></script>
  <img src=x onerror="fetch('${canary}/handler')"><img src="${canary}/img"><img srcset="${canary}/srcset 2x">
  <picture><source srcset="${canary}/source"><img src="${canary}/picture"></picture>
  <video poster="${canary}/poster" src="${canary}/video" autoplay></video><audio src="${canary}/audio" autoplay></audio>
  <object data="${canary}/object"></object><embed src="${canary}/embed">
  <iframe src="${canary}/frame"></iframe><iframe srcdoc="<script>parent.parent.location='${canary}/nested'</script><img src='${canary}/srcdoc'>"></iframe>
  <link rel="stylesheet" href="${canary}/css"><link rel="preload" as="image" href="${canary}/preload">
  <style>@import "${canary}/import"; @font-face{font-family:f;src:url(${canary}/font)} p{background:url(${canary}/background);font-family:f}</style>
  <p style="background:url(${canary}/style)">style</p><p style="background:\\75rl(${canary}/escape)">escape</p>
  <table background="${canary}/table"><tr><td background="${canary}/cell">cell</td></tr></table>
  <form action="${canary}/form"><input type="image" src="${canary}/input" autofocus onfocus="this.form.submit()"></form>
  <svg onload="fetch('${canary}/svg')"><image href="${canary}/svgimage"/><filter id="f"><feImage href="${canary}/feimage"/></filter><foreignObject><iframe src="${canary}/foreign"></iframe></foreignObject></svg>
  <math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=${canary}/mutation onerror=alert(1)&gt;"></table></mtext></math>
  <noscript><p title="</noscript><img src=${canary}/noscript onerror=alert(1)>"></noscript>
  <meta http-equiv="refresh" content="0;url=${canary}/refresh"><base href="${canary}/">
  <details open ontoggle="alert(1)">toggle</details><marquee onstart="alert(1)">x</marquee>`;

const lines = 60;
const letter = (canary) => `From: Annika Petersen <annika.petersen@nordlicht-werke.example>
To: service@nordlicht-werke.example
Subject: Your parcel waits
Message-ID: <hostile@nordlicht-werke.example>
Date: Mon, 02 Mar 2026 09:30:00 +0000
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html><body>${attacks(canary)}
<p>Please confirm at <a href="${canary}/login" onclick="alert(1)" target="_top">https://bank.example/login</a> or <a href="javascript:alert(1)">here</a>.</p>
${"<p>One line of many, so that the mail is tall.</p>\n".repeat(lines)}<p>The very end.</p></body></html>
`;

/** openLetter shows the mail as it was sent. */
async function openLetter(page, go, laptop) {
  const { rows } = await ask(laptop, "Queue/Page", { view: "all", pill: "", text: "parcel", groupBy: "", sort: "", offset: 0, limit: 10 });
  await go(`/t/${rows[0].id}`);
  await page.getByRole("button", { name: "Show as sent" }).click();
  const frame = page.frameLocator(".message-frame iframe");
  await frame.getByText("The very end.").waitFor();
  return frame;
}

const tookNothing = ({ calls, connections }) => assert.deepEqual([calls, connections], [[], 0]);

await withCanary((canary, seen) =>
  withTeam({ people, mails: [letter(canary)] }, async ({ enrolled }) => {
    const laptop = await enrolled("mira", people["Mira Sommer"]);
    await withWindow(
      async (page, go) => {
        page.on("dialog", (dialog) => assert.fail(`a dialog: ${dialog.message()}`));
        const frame = await openLetter(page, go, laptop);
        const address = page.url();

        await step("a hostile mail loads nothing, opens no connection and stays where it is", async () => {
          // A frame has loaded when all it asked for has come or was refused.
          await page.frames().at(-1).waitForLoadState("load");
          tookNothing(seen());
          assert.equal(page.url(), address);
          const mail = page.locator(".message-frame iframe");
          assert.equal(await mail.getAttribute("sandbox"), "");
          assert.doesNotMatch(await mail.getAttribute("srcdoc"), /<script|\son\w+\s*=|href=|src=/i);
        });

        await step("a link leads nowhere in the frame, and names its real host under it", async () => {
          const link = frame.getByText("https://bank.example/login");
          await page.locator(".message-frame").evaluate((box) => box.scrollIntoView({ block: "start" }));
          const { x, y } = await link.boundingBox();
          await page.mouse.click(x + 10, y + 5);
          assert.equal(page.url(), address);
          assert.equal(page.context().pages().length, 1);
          await page.locator(".message-more summary", { hasText: "1 link" }).click();
          const line = page.locator(".mail-links li");
          assert.equal(await line.count(), 1);
          assert.match(await line.innerText(), new RegExp(`Open ${new URL(canary).host}[\\s\\S]*bank\\.example[\\s\\S]*name another place`));
          tookNothing(seen());
        });

        await step("its frame is as tall as the mail", async () => {
          const settled = await page.waitForFunction(() => document.querySelector(".message-frame iframe").clientHeight > 800);
          await settled.dispose();
          const [inside, outside] = [await frame.locator("html").evaluate((html) => html.scrollHeight), await page.locator(".message-frame iframe").evaluate((box) => box.clientHeight)];
          assert.ok(Math.abs(inside - outside) <= 2, `${inside} px in a frame of ${outside} px`);
          assert.ok(outside > lines * 30, `${outside} px for ${lines} lines`);
        });

        await step("what was left out is counted, and says why", async () => {
          await page.locator(".message-more summary", { hasText: "remote image" }).click();
          await page.getByText("The hub would fetch them").waitFor();
          await page.locator(".message-more").getByText(new URL(canary).host, { exact: false }).first().waitFor();
          tookNothing(seen());
        });

        await step("asked for its images, the hub fetches none from its own network", async () => {
          await page.getByRole("button", { name: "Show the images" }).click();
          await page.getByText("They could not be had").waitFor();
          tookNothing(seen());
        });
      },
      // The walls speak up against the driver's own listeners inside the frame.
      { url: laptop, expected: /^Blocked script execution in 'about:srcdoc'/ },
    );

    await step("with the sanitisers gone, the frame and the policy still hold", () =>
      withWindow(
        async (page, go) => {
          page.on("dialog", (dialog) => assert.fail(`a dialog: ${dialog.message()}`));
          await go("/q/all");
          await page.locator(".queue-row[data-ticket]").first().waitFor();
          const address = page.url();
          const ran = await page.evaluate(
            (html) =>
              new Promise((resolve) => {
                let heard = 0;
                addEventListener("message", () => heard++);
                const frame = document.createElement("iframe");
                frame.setAttribute("sandbox", "");
                frame.srcdoc = html;
                frame.addEventListener("load", () => requestAnimationFrame(() => resolve(heard)));
                document.body.append(frame);
              }),
            attacks(canary),
          );
          assert.deepEqual([ran, page.url(), seen().calls], [0, address, []]);
        },
        // The browser names what it refused; whether anything left it, the canary knows.
        { url: laptop, expected: /^(?:Refused|Blocked|loaded)|Content Security Policy|ERR_BLOCKED_BY_CSP/ },
      ),
    );

    await step("the canary would have heard", async () => {
      await fetch(`${canary}/control`);
      assert.deepEqual(seen().calls, ["/control"]);
    });
  }),
);
console.log("mail: every step held");
