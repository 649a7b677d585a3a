import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useMinute } from "./minute";
import { age } from "./time";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

function Since() {
  useMinute();
  return <p>{age("2026-03-02T09:00:00Z")}</p>;
}

beforeEach(() => vi.useFakeTimers({ now: new Date("2026-03-02T09:30:00Z") }));
afterEach(() => vi.useRealTimers());

it("draws how long ago something was as the minutes go, and stops with the last that shows it", async () => {
  const root = createRoot(document.body);
  await act(async () => root.render(<><Since /><Since /></>));
  expect(document.body.textContent).toBe("30 min30 min");
  await act(async () => vi.advanceTimersByTime(120_000));
  expect(document.body.textContent).toBe("32 min32 min");
  await act(async () => root.unmount());
  expect(vi.getTimerCount()).toBe(0);
});
