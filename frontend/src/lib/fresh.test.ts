import { expect, test } from "vitest";
import { freshness, isFilling, stale } from "./fresh";
import { shortTime } from "./time";
import type { SyncStatus } from "./view";

const at = "2026-03-02T14:32:00Z";
const status = (state: string, completeUpTo: string, solo = false) => ({ state, solo, queues: [{ view: "triage", completeUpTo }] }) as unknown as SyncStatus;

test("a queue says how fresh it is", () => {
  expect(freshness(status("online", at), "triage")).toContain(shortTime(at));
  expect(freshness(status("online", ""), "triage")).toContain("coming");
  expect(freshness(status("online", at), "drafts")).toBeUndefined();
  expect(freshness(undefined, "triage")).toBeUndefined();
});

test("its head says so only when it matters", () => {
  expect(stale(status("online", at), "triage")).toBe(false);
  expect(stale(status("offline", at), "triage")).toBe(true);
  expect(stale(status("online", ""), "triage")).toBe(true);
  expect(stale(status("offline", at, true), "triage")).toBe(false);
  expect(stale(status("offline", at), "drafts")).toBe(false);
});

test("what is not found may be on its way while a queue is being filled", () => {
  expect([isFilling(status("online", "")), isFilling(status("offline", "")), isFilling(status("online", at)), isFilling(undefined)]).toEqual([true, true, false, false]);
});
