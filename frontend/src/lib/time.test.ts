import { describe, expect, it } from "vitest";
import { age, byteSize, comingTime, shortTime, timeIn } from "./time";

const now = new Date(2026, 10, 22, 14, 36);
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

describe("instants", () => {
  it.each([
    [0, "0 min"],
    [42, "42 min"],
    [60, "1 h"],
    [130, "2 h 10"],
    [26 * 60, "1 d 2 h"],
    [34 * 24 * 60, "34 d"],
    [-5, "0 min"],
  ])("%i minutes ago is %s", (minutes, expected) => expect(age(ago(minutes), now)).toBe(expected));

  it("shows the clock today, a weekday this week, else the date", () => {
    expect(shortTime(ago(60), now)).toBe("13:36");
    expect(shortTime(ago(24 * 60), now)).toMatch(/^\p{L}+\.? 14:36$/u);
    expect(shortTime(ago(20 * 24 * 60), now)).not.toContain(":");
    expect(shortTime("", now)).toBe("");
  });

  it("says when something is to happen", () => {
    expect(comingTime(ago(-30), now)).toBe("15:06");
    expect(comingTime(ago(-12 * 60), now)).toMatch(/^\p{L}+\.? 02:36$/u);
    expect(comingTime("", now)).toBe("");
  });

  it("knows the clock elsewhere, and says nothing of a place it does not know", () => {
    const noon = new Date("2026-07-01T12:00:00Z");
    expect([timeIn("Asia/Tokyo", noon), timeIn("Europe/Berlin", noon), timeIn("", noon), timeIn("Nordlicht/Halle 3", noon)]).toEqual(["21:00", "14:00", "", ""]);
  });

  it("sizes files in decimal units", () => {
    expect([byteSize(12), byteSize(184_300), byteSize(2_400_000)]).toEqual(["12 B", "184 kB", "2.4 MB"]);
  });
});
