import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { allActions, makeKeyHandler, register, run, runNext } from "./actions";

let clock = 0;
let letters = true;
const handle = makeKeyHandler(
  () => letters,
  () => clock,
);
const undo: (() => void)[] = [];
const add = (id: string, keys: string[], act = vi.fn(), when?: () => boolean) => {
  undo.push(register([{ id, name: id, area: "Test", keys, do: act, when }]));
  return act;
};

function press(key: string, target: Element = document.body, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  target.addEventListener("keydown", (heard) => handle(heard as KeyboardEvent), { once: true });
  target.dispatchEvent(event);
  return event;
}

beforeEach(() => {
  letters = true;
  clock = 0;
  document.body.innerHTML = "<input id=field><div data-overlay><button id=inside></button></div><button id=outside></button>";
});
afterEach(() => undo.splice(0).forEach((stop) => stop()));

describe("the registry", () => {
  it("runs the action of a key and keeps the browser from acting too", () => {
    const act = add("reply", ["r"]);
    expect(press("r").defaultPrevented).toBe(true);
    expect(act).toHaveBeenCalledOnce();
  });

  it("lets the latest of one id win, and gives the earlier one back", () => {
    const early = add("reply", ["r"]);
    const stop = register([{ id: "reply", name: "late", area: "Test", do: vi.fn() }]);
    expect(allActions().find((a) => a.id === "reply")?.name).toBe("late");
    stop();
    run("reply");
    expect(early).toHaveBeenCalledOnce();
  });

  it("gives the keys of what is marked before those of what is open", () => {
    const marked = vi.fn();
    undo.push(register([{ id: "marked", name: "marked", area: "Test", keys: ["e"], prior: true, do: marked }]));
    const open = add("open", ["e"]);
    press("e");
    expect([marked.mock.calls.length, open.mock.calls.length]).toEqual([1, 0]);
  });

  it("acts at once on a key that also begins a sequence", () => {
    const number = add("number", ["."]);
    const title = add("title", [". ."]);
    press(".");
    expect([number.mock.calls.length, title.mock.calls.length]).toEqual([1, 0]);
    press(".");
    expect([number.mock.calls.length, title.mock.calls.length]).toEqual([1, 1]);
  });

  it("goes on with an act once the part that brings it is there, unless something else was done", async () => {
    runNext("state");
    const state = add("state", ["s"]);
    await Promise.resolve();
    expect(state).toHaveBeenCalledOnce();
    runNext("resolve");
    add("other", ["o"]);
    press("o");
    const resolve = add("resolve", ["e"]);
    await Promise.resolve();
    expect(resolve).not.toHaveBeenCalled();
  });

  it("leaves letters alone in text fields, but not chords with Mod", () => {
    const letter = add("reply", ["r"]);
    const chord = add("palette", ["Mod+k"]);
    const field = document.getElementById("field")!;
    press("r", field);
    press("k", field, { ctrlKey: true });
    expect(letter).not.toHaveBeenCalled();
    expect(chord).toHaveBeenCalledOnce();
  });

  it("leaves a text field its Enter, arrows and Home", () => {
    const open = add("open", ["Enter"]);
    const mark = add("mark", ["Shift+ArrowDown", "Home"]);
    const sync = add("sync", ["F5"]);
    const field = document.getElementById("field")!;
    expect(press("Enter", field).defaultPrevented).toBe(false);
    press("ArrowDown", field, { shiftKey: true });
    press("Home", field);
    press("F5", field);
    expect([open, mark, sync].map((act) => act.mock.calls.length)).toEqual([0, 0, 1]);
  });

  it("has an off switch for letters", () => {
    const act = add("reply", ["r"]);
    letters = false;
    press("r");
    expect(act).not.toHaveBeenCalled();
  });

  it("leaves an open overlay its keys, and a focused button its Enter", () => {
    const act = add("open", ["Enter", "o"]);
    press("o", document.getElementById("inside")!);
    press("Enter", document.getElementById("outside")!);
    expect(act).not.toHaveBeenCalled();
    press("o", document.getElementById("outside")!);
    expect(act).toHaveBeenCalledOnce();
  });

  it("waits for the second key of a sequence, for a while", () => {
    const inbox = add("go.inbox", ["g i"]);
    const me = add("assign.me", ["i"]);
    press("g");
    press("i");
    expect([inbox.mock.calls.length, me.mock.calls.length]).toEqual([1, 0]);
    press("g");
    clock += 5_000;
    press("i");
    expect([inbox.mock.calls.length, me.mock.calls.length]).toEqual([1, 1]);
  });

  it("asks when before acting", () => {
    const act = add("reply", ["r"], vi.fn(), () => false);
    press("r");
    run("reply");
    expect(act).not.toHaveBeenCalled();
  });
});
