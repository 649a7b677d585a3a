import { QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, it, vi } from "vitest";
import { findAction } from "../lib/actions";
import { setBackend } from "../lib/desk";
import { client } from "../lib/query";
import { RestoredBanner } from "./RestoredBanner";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const asked: string[] = [];
let restoredAt = "";
setBackend({
  call: async <T,>(facade: string, method: string) => {
    asked.push(`${facade}/${method}`);
    if (method === "RestoredSeen") restoredAt = "";
    return { restoredAt } as T;
  },
  on: () => () => undefined,
  open: () => undefined,
  save: async () => undefined,
});

it("says that the server was restored, until it is put aside", async () => {
  vi.useFakeTimers();
  const root = createRoot(document.body);
  const show = async () => {
    await act(async () => root.render(<QueryClientProvider client={client}><RestoredBanner /></QueryClientProvider>));
    await act(async () => vi.advanceTimersByTimeAsync(100));
  };
  await show();
  expect([document.body.textContent, findAction("sync.restored")]).toEqual(["", undefined]);
  restoredAt = "2026-03-02T09:30:00Z";
  await act(async () => client.invalidateQueries());
  await show();
  expect(document.querySelector("[role=status]")?.textContent).toContain("The server was restored from a backup. Since ");
  await act(async () => findAction("sync.restored")!.do());
  await act(async () => vi.advanceTimersByTimeAsync(100));
  expect(asked).toContain("Sync/RestoredSeen");
  await act(async () => client.invalidateQueries());
  await show();
  expect(document.body.textContent).toBe("");
  await act(async () => root.unmount());
  vi.useRealTimers();
});
