import { describe, expect, it } from "vitest";
import { frameOf, isLocal, sanitise } from "./sanitise";

const canary = "https://canary.example/x";
const attacks: [string, string][] = [
  ["script", `<script src="${canary}"></script>`],
  ["handler", `<img src="/asset/a" onerror="fetch('${canary}')">`],
  ["image", `<img src="${canary}">`],
  ["srcset", `<img src="/asset/a" srcset="${canary} 2x">`],
  ["picture", `<picture><source srcset="${canary}"><img src="${canary}"></picture>`],
  ["poster", `<video poster="${canary}" src="${canary}"></video>`],
  ["frame", `<iframe src="${canary}"></iframe>`],
  ["nested frame", `<iframe srcdoc="<img src=${canary}>"></iframe>`],
  ["preconnect", `<link rel=preconnect href="${canary}">`],
  ["style sheet", `<style>@import "${canary}";</style>`],
  ["style url", `<p style="background:url(${canary})">x</p>`],
  ["escaped style url", `<p style="background:\\75rl(${canary})">x</p>`],
  ["table background", `<table background="${canary}"><tr><td background="${canary}">x</td></tr></table>`],
  ["svg filter", `<svg><filter><feImage href="${canary}"/></filter></svg>`],
  ["meta refresh", `<meta http-equiv=refresh content="0;url=${canary}">`],
  ["form", `<form action="${canary}"><input type=image src="${canary}"></form>`],
  ["base", `<base href="${canary}">`],
  ["object", `<object data="${canary}"></object><embed src="${canary}">`],
  ["mutation", `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=${canary} onerror=alert(1)&gt;">`],
];

describe("the second pass over mail", () => {
  it.each(attacks)("leaves nothing of %s that could load or run", (_, html) => {
    const clean = new DOMParser().parseFromString(sanitise(html), "text/html");
    for (const node of clean.body.querySelectorAll("*")) {
      for (const { name, value } of node.attributes) {
        expect(name).not.toMatch(/^on|srcset|poster|background|action/);
        if (name !== "title") expect(value).not.toContain("canary");
      }
      expect(node.tagName).not.toMatch(/^(SCRIPT|STYLE|LINK|META|BASE|FORM|INPUT|IFRAME|OBJECT|EMBED|SVG|VIDEO|SOURCE)$/i);
    }
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
});
