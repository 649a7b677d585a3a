import { describe, expect, it } from "vitest";
import type { TicketRow } from "../lib/view";
import { excerptOf, markWords, matchCommands, numberIn, readWords } from "./palette";

const commands = ["Assign to me", "Pass to another team…", "Resolve…", "Open Workplace"].map((name) => ({ id: name, name, icon: undefined, hint: "", chord: undefined }));
const quoted = (text: string) => excerptOf(text, "vpn").map((span) => span.text).join("");
const names = (words: string) => matchCommands(commands, words, 9).map((command) => command.name);

describe("the palette", () => {
  it("reads prefixes", () => {
    expect([">pass", "#INC1", "@anna", "pass "].map(readWords)).toEqual([
      { scope: "commands", words: "pass" },
      { scope: "tickets", words: "INC1" },
      { scope: "people", words: "anna" },
      { scope: "all", words: "pass" },
    ]);
  });

  it("matches words in any order, forgives one wrong letter, and marks the hits", () => {
    expect(names("pass")[0]).toBe("Pass to another team…");
    expect(names("team pass")).toEqual(["Pass to another team…"]);
    expect(names("reslve")).toEqual(["Resolve…"]);
    expect(names("zzz")).toEqual([]);
    expect(matchCommands(commands, "pass", 9)[0]!.spans).toEqual([{ text: "Pass", hit: true }, { text: " to another team…", hit: false }]);
  });

  it("offers everything in its own order before anything is typed", () => {
    expect(names("")).toHaveLength(4);
  });

  it("quotes a text from shortly before what was found in it", () => {
    expect(quoted("Aus dem Hotel komme ich nicht ins Netz, das VPN bricht ab.")).toBe("… nicht ins Netz, das VPN bricht ab.");
    expect(quoted("The VPN breaks off.")).toBe("The VPN breaks off.");
    expect(quoted("Nothing of it here.")).toBe("Nothing of it here.");
  });

  it("offers the hub for a number that is nowhere here", () => {
    expect(numberIn("inc0001042", [])).toBe("INC0001042");
    expect(numberIn("inc0001042", [{ number: "INC0001042" } as TicketRow])).toBe("");
    expect(numberIn("printer 0001042", [])).toBe("");
    expect(numberIn("inc", [])).toBe("");
  });

  it("marks words whatever they hold", () => {
    expect(markWords("VPN (client) 5.2", "vpn (cli")).toEqual([
      { text: "VPN", hit: true },
      { text: " ", hit: false },
      { text: "(cli", hit: true },
      { text: "ent) 5.2", hit: false },
    ]);
    expect(markWords("x", "")).toEqual([{ text: "x", hit: false }]);
  });
});
