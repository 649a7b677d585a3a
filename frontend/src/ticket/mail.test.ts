import { describe, expect, it } from "vitest";
import { readMail } from "./mail";

const only = (html: string) => readMail(html).links[0];

describe("attack cases 7 and 9: the links of a mail", () => {
  it.each([
    ["words", "your bank", "https://bank.example/login", "bank.example", false],
    ["the host itself", "https://bank.example/help", "https://bank.example/login", "bank.example", false],
    ["a part of the host", "bank.example", "https://www.bank.example/", "www.bank.example", false],
    ["another host in quotation marks", "“bank.example”", "https://evil.example/", "evil.example", true],
    ["another host at the end of a sentence", "Go to bank.example.", "https://evil.example/", "evil.example", true],
    ["another host behind a word", "Bank:www.bank.example", "https://evil.example/", "evil.example", true],
    ["a number and a file", "Version 1.2 of plan.2", "https://evil.example/", "evil.example", false],
    ["a host of another script", "банк.пример", "https://evil.example/", "evil.example", true],
    ["another host", "https://bank.example/login", "https://evil.example/login", "evil.example", true],
    ["a host as user name", "bank.example", "https://bank.example@evil.example/", "evil.example", true],
    ["a host as subdomain", "bank.example", "https://bank.example.evil.example/", "bank.example.evil.example", true],
    ["a look-alike", "bank.example", "https://b\u0430nk.example/", "xn--bnk-6cd.example", true],
    ["turned letters", "\u202ebank.example\u202c", "https://evil.example/", "evil.example", true],
    ["an address", "write to help@bank.example", "mailto:help@bank.example", "help@bank.example", false],
    ["another address", "help@bank.example", "mailto:help@evil.example?subject=x", "help@evil.example", true],
  ])("reads %s", (_, words, target, host, misleads) => {
    const anchor = document.createElement("a");
    anchor.setAttribute("href", target);
    anchor.textContent = words;
    expect(only(anchor.outerHTML)).toMatchObject({ host, misleads });
  });

  it("reads words without an end", () => {
    const { links } = readMail(`<a href="https://evil.example">${"a.".repeat(200_000)} ${"-".repeat(200_000)} ${"a-".repeat(100_000)}.b1 bank.example</a>`);
    expect(links[0]?.misleads).toBe(true);
  });

  it.each(["javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd", "smb://host/share", "vbscript:x", "//host/x", "/local", "https://", ""])("offers nothing for %s", (target) => {
    expect(only(`<a href="${target}">x</a>`)).toBeUndefined();
  });

  it("numbers them in the body and leaves none that leads away", () => {
    const { body } = readMail(`<p><a href="https://a.example/1">one</a> <a href="javascript:x">no</a> <a href="https://b.example">two</a></p>`);
    expect(body).toContain(`<a title="https://a.example/1">one<sup>[1]</sup></a>`);
    expect(body).toContain(`<a title="https://b.example">two<sup>[2]</sup></a>`);
    expect(body).not.toContain("href");
  });

  it("lets no mail write the title of a link", () => {
    expect(readMail(`<a title="https://bank.example" href="javascript:x">x</a><a title="bank.example">y</a>`).body).toBe("<a>x</a><a>y</a>");
  });

  it("names who would have learnt of the reading", () => {
    const { body, imageHosts } = readMail(`<img data-remote-src="https://t.example/1"><img data-remote-src="https://t.example/2"><img data-remote-src="https://u.example/">`);
    expect(imageHosts).toEqual(["t.example", "u.example"]);
    expect(body).not.toContain("example");
  });
});
