import { describe, expect, it } from "vitest";
import type { Clash } from "../lib/view";
import { choiceOf, clamped, decide, editFrom, elsewhere, firstOpen, isOvertaken, joined, requestsOf, startOf, type Step } from "./choice";

const nobody = { id: "", name: "", email: "", initials: "", tint: 0 };
const clash = (id: string, more: Partial<Clash> = {}): Clash => ({
  id, field: id, label: id, base: "", server: "theirs", mine: "ours", baseRaw: "", serverRaw: "", mineRaw: "",
  serverBy: nobody, serverAt: "", mineBy: nobody, mineAt: "", suggest: "", reason: "", pending: false, parts: [], won: false, ...more,
});
const fields = [clash("a"), clash("b", { pending: true }), clash("c")];
const mine: Step = { kind: "choose", choice: { choice: "mine", value: "" } };
const server: Step = { kind: "choose", choice: { choice: "server", value: "" } };
const play = (...steps: Step[]) => steps.reduce((state, step) => decide(state, step, fields), startOf(fields));

describe("deciding a conflict", () => {
  it("goes on to the next field without a choice", () => {
    expect(play(mine).current).toBe(2);
    expect(play(mine, server).current).toBe(2);
    expect(startOf([clash("x", { pending: true }), clash("y")]).current).toBe(1);
  });

  it("sends only what was decided, with the choice made last", () => {
    const state = play(mine, { kind: "at", index: 0 }, server);
    expect(requestsOf(state, fields)).toEqual([{ conflictId: "a", choice: "server", value: "", seen: "" }]);
  });

  it("carries an edited value", () => {
    const state = play({ kind: "choose", choice: { choice: "edit", value: "both" } });
    expect(requestsOf(state, fields)[0]).toEqual({ conflictId: "a", choice: "edit", value: "both", seen: "" });
  });

  it("takes choices back one by one", () => {
    const undo: Step = { kind: "undo" };
    expect(requestsOf(play(mine, server, undo), fields)).toHaveLength(1);
    expect(requestsOf(play(mine, server, undo, undo, undo), fields)).toHaveLength(0);
  });

  it("leaves a field alone whose choice is on its way", () => {
    expect(requestsOf(play({ kind: "at", index: 1 }, mine), fields)).toEqual([]);
  });

  it("lets a choice stand only between the values it was made between, and says which went", () => {
    const edit: Step = { kind: "choose", choice: { choice: "edit", value: "both" } };
    const state = play(mine, edit);
    const changed = [clash("a"), fields[1]!, clash("c", { serverRaw: "newer" })];
    expect([choiceOf(state, changed[0]!)?.choice, choiceOf(state, changed[2]!)]).toEqual(["mine", undefined]);
    expect(changed.filter((field) => isOvertaken(state, field)).map((field) => field.id)).toEqual(["c"]);
    expect(requestsOf(state, changed).map((request) => request.conflictId)).toEqual(["a"]);
    expect([firstOpen(state, changed), editFrom(state, changed[2]!)]).toEqual([2, "both"]);
    const again = decide({ ...state, current: 2 }, server, changed);
    expect(requestsOf(again, changed)[1]).toEqual({ conflictId: "c", choice: "server", value: "", seen: "newer" });
  });

  it("names what somebody else decided, and not what left by itself", () => {
    const state = play(mine, server);
    expect(elsewhere(state, [fields[1]!])).toEqual(["a", "c"]);
    expect(elsewhere(decide(state, { kind: "sent", id: "a" }, fields), [fields[1]!])).toEqual(["c"]);
    expect(clamped(state, [fields[1]!]).current).toBe(0);
  });

  it("asks anew for what left and came back changed", () => {
    const state = decide(play(mine), { kind: "sent", id: "a" }, fields);
    expect(isOvertaken(state, clash("a", { pending: true, serverRaw: "newer" }))).toBe(false);
    expect(isOvertaken(state, clash("a", { serverRaw: "newer" }))).toBe(true);
  });

  it("finds the first field that still asks", () => {
    expect([firstOpen(play(), fields), firstOpen(play(mine), fields), firstOpen(play(mine, mine), fields)]).toEqual([0, 2, -1]);
  });

  it("stays inside the fields and joins both texts for editing", () => {
    expect(play({ kind: "move", by: -3 }).current).toBe(0);
    expect(play({ kind: "move", by: 9 }).current).toBe(2);
    expect(joined(clash("t"))).toBe("theirs ours");
    expect(joined(clash("t", { server: "ours" }))).toBe("ours");
  });

  it("starts the editing of a long text with every line that merges by itself", () => {
    const parts = [
      { server: "one, says Ben", mine: "one", side: "server" },
      { server: "two", mine: "two", side: "none" },
      { server: "three, says Ben", mine: "three, says Ana", side: "both" },
      { server: "", mine: "four", side: "mine" },
    ];
    expect(joined(clash("t", { parts }))).toBe("one, says Ben\ntwo\nthree, says Ben\nthree, says Ana\nfour");
  });
});
