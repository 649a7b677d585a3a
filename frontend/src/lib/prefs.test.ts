import { describe, expect, it } from "vitest";
import { readPrefs, writePrefs } from "./prefs";

describe("the window's look in its address", () => {
  it.each(["", "?theme=dark", "?theme=light&density=comfortable", "?letters=off", "?theme=dark&density=comfortable&letters=off"])("reads and writes %s back", (search) => {
    expect(writePrefs(readPrefs(search), search)).toBe(search);
  });

  it("takes the stock for what it does not know, and leaves other words alone", () => {
    const prefs = readPrefs("?theme=pink&density=huge&x=1");
    expect(prefs).toEqual({ theme: "system", density: "compact", letters: true });
    expect(writePrefs({ ...prefs, theme: "dark" }, "?x=1")).toBe("?x=1&theme=dark");
  });
});
