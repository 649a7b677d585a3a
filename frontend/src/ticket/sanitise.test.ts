import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readMail } from "./mail";
import { frameOf, isLocal, sanitise } from "./sanitise";

const canary = "https://canary.example";
const collection = readFileSync(join(import.meta.dirname, "../../../mail/testdata/attacks.txt"), "utf8");
const blanks: Record<string, string> = { canary, host: "canary.example", name: "canary.example", run: "alert(1)", nul: "\0" };
const attacks = collection
  .split("\n### ")
  .slice(1)
  .map((section) => {
    const [name = "", ...lines] = section.split("\n");
    return [name, lines.join("\n").replaceAll(/\{\{(\w+)\}\}/g, (_, blank: string) => blanks[blank] ?? "")] as const;
  });

/** dangers names what a document holds that loads, runs or leads away. */
function dangers(html: string): string[] {
  const found: string[] = [];
  for (const node of new DOMParser().parseFromString(html, "text/html").body.querySelectorAll("*")) {
    if (/^(?:SCRIPT|STYLE|LINK|META|BASE|FORM|INPUT|BUTTON|SELECT|TEXTAREA|I?FRAME|FRAMESET|OBJECT|EMBED|SVG|MATH|VIDEO|AUDIO|SOURCE|TRACK|TEMPLATE|DIALOG|APPLET|PORTAL|FENCEDFRAME)$/i.test(node.tagName)) found.push(node.tagName);
    for (const { name, value } of node.attributes) {
      if (/^on|^href|:href|srcset|poster|background|action|target|ping|^id$|^name$|usemap|popover|srcdoc/.test(name)) found.push(name);
      if (name === "is" && value !== "") found.push(name); // DOMPurify empties what cannot be taken off
      if (name === "src" && !isLocal(value)) found.push(`${name}=${value}`);
      if (name !== "title" && name !== "alt" && value.includes("canary")) found.push(`${name}=${value}`);
    }
  }
  return found;
}

describe("attack cases 1 to 5 and 7: the second pass over mail", () => {
  it("has a collection to stand against", () => expect(attacks.length).toBeGreaterThan(120));

  it.each(attacks)("leaves nothing of %s that could load, run or lead away", (_, html) => {
    expect(dangers(sanitise(html))).toEqual([]);
    expect(dangers(readMail(html).body)).toEqual([]);
    expect(dangers(sanitise(sanitise(html)))).toEqual([]);
  });

  it("keeps words, tables, colours and images of the mail itself", () => {
    const html = `<p style="color:red">Hello <b>you</b></p><table><tbody><tr><td>1</td></tr></tbody></table><img src="/asset/m1/a.png" alt="screen">`;
    expect(sanitise(html)).toBe(html);
  });

  it("shows where a link would lead instead of leading there", () => {
    expect(sanitise(`<a href="https://bank.example/">your bank</a>`)).toBe(`<a title="https://bank.example/">your bank</a>`);
    expect(sanitise(`<a href="javascript:alert(1)">x</a>`)).toBe("<a>x</a>");
  });

  it("knows its own images", () => {
    expect(["/asset/a", "data:image/png;base64,AA", "//host/asset/a", "data:image/svg+xml;base64,AA", "data:text/html,x"].map(isLocal)).toEqual([true, true, false, false, false]);
  });

  it("writes a policy into the frame as well", () => {
    expect(frameOf("<p>x</p>", false)).toContain("default-src 'none'");
  });

  it("lets no element open a connection before the policy is asked", () => {
    const frame = frameOf(`<LINK rel=preconnect href="${canary}"><iframe src="${canary}"></iframe><iframes><p title="&lt;link">x</p>`, false);
    expect(frame).toContain(`&lt;LINK rel=preconnect`);
    expect(frame.match(/<(?:link|i?frame|object)\b/gi)).toBeNull();
    expect(frame).toContain(`<p title="&lt;link">x</p>`);
  });
});
