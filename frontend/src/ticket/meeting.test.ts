import { describe, expect, it } from "vitest";
import { whenOf } from "./meeting";

const plain = (text: string) => text.replaceAll(/[\u2009\u202f\u00a0]/g, " ");

describe("when a meeting is", () => {
  it("is told in the zone of the reader", () => {
    const hour = { start: "2026-03-02T13:00:00Z", end: "2026-03-02T14:30:00Z", allDay: false };
    expect(plain(whenOf(hour, "en-GB", "Europe/Berlin"))).toContain("14:00");
    expect(plain(whenOf(hour, "en-GB", "Europe/Berlin"))).toContain("15:30");
    expect(plain(whenOf(hour, "en-GB", "America/New_York"))).toContain("08:00");
  });
  it("keeps a day a day in every zone", () => {
    expect(plain(whenOf({ start: "2026-03-02", end: "", allDay: true }, "en-GB", "Pacific/Auckland"))).toMatch(/Monday,? 2 March 2026/);
    expect(plain(whenOf({ start: "2026-03-02", end: "2026-03-04", allDay: true }, "en-GB"))).toMatch(/2.*4 March 2026/);
  });
  it("says nothing where the calendar does not", () => {
    expect(whenOf({ start: "", end: "", allDay: false })).toBe("");
  });
});
