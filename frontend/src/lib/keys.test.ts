import { describe, expect, it } from "vitest";
import { isPlain, keyCaps, matches, parseChord } from "./keys";

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});
const stroke = (chord: string) => parseChord(chord)[0]!;

describe("chords", () => {
  it.each([
    ["j", press("j"), true],
    ["j", press("J", { shiftKey: true }), false],
    ["Shift+r", press("R", { shiftKey: true }), true],
    ["j", press("j", { ctrlKey: true }), false],
    ["Mod+k", press("k", { ctrlKey: true }), true],
    ["Mod+k", press("k", { metaKey: true }), false],
    ["Mod+Enter", press("Enter", { ctrlKey: true }), true],
    ["?", press("?", { shiftKey: true }), true],
    ["/", press("/", { shiftKey: true }), true],
    ["Space", press(" "), true],
    ["ArrowDown", press("ArrowDown"), true],
    ["Shift+ArrowRight", press("ArrowRight"), false],
  ])("%s against %o is %s", (chord, event, expected) => {
    expect(matches(stroke(chord), event, false)).toBe(expected);
  });

  it("takes Cmd for Mod on macOS", () => {
    expect(matches(stroke("Mod+k"), press("k", { metaKey: true }), true)).toBe(true);
    expect(matches(stroke("Mod+k"), press("k", { ctrlKey: true }), true)).toBe(false);
  });

  it("falls back to the place of a key on layouts without Latin letters", () => {
    expect(matches(stroke("j"), press("о", { code: "KeyJ" }), false)).toBe(true);
    expect(matches(stroke("Mod+k"), press("л", { code: "KeyK", ctrlKey: true }), false)).toBe(true);
  });

  it("believes what is typed when the layout moves letters", () => {
    expect(matches(stroke("z"), press("z", { code: "KeyY" }), false)).toBe(true);
    expect(matches(stroke("y"), press("z", { code: "KeyY" }), false)).toBe(false);
  });

  it("reads sequences and shows caps", () => {
    expect(parseChord("g i").map((s) => s.key)).toEqual(["g", "i"]);
    expect(keyCaps("g i", false)).toEqual(["g", "i"]);
    expect(keyCaps("Mod+Enter", false)).toEqual(["Ctrl ↵"]);
    expect(keyCaps("Mod+k", true)).toEqual(["⌘ K"]);
    expect(keyCaps("Shift+a", false)).toEqual(["Shift", "A"]);
  });

  it("knows which chords would type", () => {
    expect([isPlain("j"), isPlain("g i"), isPlain("Space"), isPlain("Mod+k"), isPlain("Escape")]).toEqual([true, true, true, false, false]);
  });
});
