import { QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, it, vi } from "vitest";
import { findAction } from "../lib/actions";
import { setBackend } from "../lib/desk";
import { client } from "../lib/query";
import { RepairedBanner } from "./RepairedBanner";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const said = "An earlier workspace on this computer still held 1 change; it is kept, and opens with --profile /home/mira/hub.20260302T093000.";
setBackend({
  call: async <T,>() => ({ repaired: said }) as T,
  on: () => () => undefined,
  open: () => undefined,
  save: async () => undefined,
});

it("says the whole sentence of what was set aside, until it is put away", async () => {
  vi.useFakeTimers();
  const root = createRoot(document.body);
  const show = async () => {
    await act(async () => root.render(<QueryClientProvider client={client}><RepairedBanner /></QueryClientProvider>));
    await act(async () => vi.advanceTimersByTimeAsync(100));
  };
  await show();
  expect(document.querySelector("[role=status]")?.textContent).toContain(said);
  await act(async () => findAction("session.repaired")!.do());
  await show();
  expect([document.body.textContent, findAction("session.repaired")]).toEqual(["", undefined]);
});
