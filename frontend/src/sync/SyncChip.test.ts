import { expect, test } from "vitest";
import type { SyncStatus } from "../lib/view";
import { chipWords } from "./SyncChip";

const offline = (days: number) => ({ state: "offline", waiting: 2, held: 0, toDecide: 0, completeUpTo: new Date(Date.now() - days * 86_400_000).toISOString() }) as unknown as SyncStatus;

test("after days without the hub the chip names the day, and not the clock alone", () => {
  expect(chipWords(offline(0)).upTo).toMatch(/^complete up to \d\d:\d\d$/);
  expect(chipWords(offline(3)).upTo).toMatch(/^complete up to \p{L}+\.? \d\d:\d\d$/u);
  expect(chipWords(offline(40)).upTo).not.toContain(":");
  expect(chipWords(offline(3))).toMatchObject({ state: "Offline", waits: "2 waiting" });
});

test("a device that the server accepts no more is not merely offline", () => {
  expect(chipWords({ ...offline(0), shutOut: true }).state).toBe("Signed out");
});
