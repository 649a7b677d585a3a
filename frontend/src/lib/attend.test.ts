import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Attendance } from "./attend";
import type { AttendRequest } from "./view";

const made = () => {
  const told: AttendRequest[] = [];
  const attendance = new Attendance((request) => void told.push({ ...request }));
  return { told, attendance };
};

describe("what colleagues are told", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("is what says most, and once", () => {
    const { told, attendance } = made();
    attendance.claim("t1", "viewing");
    const stop = attendance.claim("t1", "replying");
    vi.runAllTimers();
    stop();
    vi.runAllTimers();
    attendance.claim("t1", "viewing");
    vi.runAllTimers();
    expect(told.map((request) => request.doing)).toEqual(["replying", "viewing"]);
  });

  it("skips the moment between two tickets", () => {
    const { told, attendance } = made();
    const leave = attendance.claim("t1", "viewing");
    vi.runAllTimers();
    leave();
    attendance.claim("t2", "viewing");
    vi.runAllTimers();
    expect(told.map((request) => request.ticketId)).toEqual(["t1", "t2"]);
  });

  it("is nothing while the window is out of sight", () => {
    const { told, attendance } = made();
    attendance.claim("t1", "viewing");
    vi.runAllTimers();
    attendance.leave(true);
    vi.runAllTimers();
    attendance.leave(false);
    vi.runAllTimers();
    expect(told.map((request) => request.ticketId)).toEqual(["t1", "", "t1"]);
  });
});
