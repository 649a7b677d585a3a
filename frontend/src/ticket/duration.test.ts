import { describe, expect, it } from "vitest";
import { minutesOf, spelled } from "./duration";

describe("minutes", () => {
  it("are read as people write them", () => {
    const told: Record<string, number | undefined> = {
      "25": 25, " 90 min": 90, "1:30": 90, "0:05": 5, "1h": 60, "1 h 30": 90, "1h30m": 90, "1.5 h": 90, "1,5h": 90, "-10": -10, "-1:00": -60,
      "": undefined, "0": undefined, soon: undefined, "1:75": undefined, "1h30:10": undefined, "--5": undefined,
    };
    for (const [text, minutes] of Object.entries(told)) expect(minutesOf(text), text).toBe(minutes);
  });

  it("are spelled in hours where there are any", () => {
    expect([0, 5, 60, 90, 1440, -75].map(spelled)).toEqual(["0 min", "5 min", "1 h", "1 h 30 min", "24 h", "−1 h 15 min"]);
  });
});
