import { describe, expect, it } from "vitest";
import { ratio, stateWords } from "./file_state";

describe("where a file is", () => {
  it("is said only of one that is not simply here", () => {
    const said = ["here", "away", "coming", "going", "waiting", "awaited"].map((state) => stateWords({ state }) !== "");
    expect(said).toEqual([false, false, true, true, true, true]);
  });

  it("is said of one that cannot come, for want of a network", () => {
    expect([stateWords({ state: "away" }, true), stateWords({ state: "here" }, true)]).toEqual(["Not on this device", ""]);
  });

  it("is a part of the whole, whatever a mail said of its size", () => {
    expect([ratio(200, 50), ratio(200, 300), ratio(0, 0)]).toEqual([0.25, 1, 1]);
  });
});
