import { describe, expect, it } from "vitest";
import { activePath, closeTab, emptyStrip, followTo, openTab, stepTab } from "./tabs";

const strip = openTab(openTab(followTo(emptyStrip, "/q/mine"), "/t/1"), "/t/2");
const paths = (of: typeof strip) => of.tabs.map((tab) => tab.path);

describe("the tab strip", () => {
  it("moves the active tab along, unless the place is open", () => {
    expect(paths(followTo(strip, "/settings"))).toEqual(["/q/mine", "/t/1", "/settings"]);
    expect(activePath(followTo(strip, "/t/1"))).toBe("/t/1");
    expect(followTo(strip, "/t/2")).toBe(strip);
  });

  it("opens beside the active tab and never the same place twice", () => {
    const back = followTo(strip, "/q/mine");
    expect(paths(openTab(back, "/t/3"))).toEqual(["/q/mine", "/t/3", "/t/1", "/t/2"]);
    expect(openTab(back, "/t/2").tabs).toHaveLength(3);
    expect(openTab(back, "/q/mine", true).tabs).toHaveLength(4);
  });

  it("closes to the neighbour and keeps the last tab", () => {
    expect(activePath(closeTab(strip, strip.active))).toBe("/t/1");
    expect(activePath(closeTab(strip, 1))).toBe("/t/2");
    const one = followTo(emptyStrip, "/q/mine");
    expect(closeTab(one, one.active)).toBe(one);
  });

  it("goes round", () => {
    expect(activePath(stepTab(strip, 1))).toBe("/q/mine");
    expect(activePath(stepTab(strip, -1))).toBe("/t/1");
    expect(stepTab(emptyStrip, 1)).toBe(emptyStrip);
  });
});
