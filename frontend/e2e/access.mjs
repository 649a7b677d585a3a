// Every screen in both themes against axe's rules for WCAG 2.2 A and AA.
import { checkAccess } from "./axe.mjs";
import { inList, withWindow } from "./browser.mjs";

const screens = {
  list: (page, go) => inList(page, go),
  ticket: async (page, go) => {
    await inList(page, go);
    await page.keyboard.press("Enter");
    await page.locator(".composer").waitFor();
  },
  note: async (page) => {
    await page.keyboard.press("n");
    await page.locator(".composer[data-kind=note]").waitFor();
    await page.keyboard.press("Escape");
  },
  forward: async (page, go) => {
    await inList(page, go, "reply");
    await page.keyboard.press("f");
    await page.locator(".composer-passed").waitFor();
    await page.keyboard.press("Escape");
  },
  state: async (page) => {
    await page.keyboard.press("s");
    await page.locator(".popover").waitFor();
  },
  palette: async (page) => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("a");
    await page.locator(".palette-row").first().waitFor();
  },
  keys: async (page, go) => {
    await inList(page, go);
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
  },
  new: async (page) => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("c");
    await page.getByRole("dialog").getByLabel("Title").waitFor();
  },
  unsent: (page, go) => go("/unsent").then(() => page.locator(".outbox").waitFor()),
  conflicts: (page, go) => go("/conflicts").then(() => page.locator(".tray").waitFor()),
  archive: (page, go) => go("/archive").then(() => page.locator(".archive-days").waitFor()),
  templates: async (page, go) => {
    await page.keyboard.press("Escape");
    await go("/templates");
    await page.getByRole("button", { name: "New template" }).click();
    await page.locator(".template-form").waitFor();
  },
  settings: (page, go) => go("/settings").then(() => page.locator(".settings").waitFor()),
};

let checked = 0;
for (const theme of ["light", "dark"]) {
  await withWindow(
    async (page, go) => {
      for (const [name, show] of Object.entries(screens)) {
        await show(page, go);
        await checkAccess(page, `${name}, ${theme}`);
        checked++;
      }
    },
    { theme },
  );
}
console.log(`access: ${checked} screens without a violation`);
