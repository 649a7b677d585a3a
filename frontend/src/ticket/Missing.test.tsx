import { QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, it } from "vitest";
import { DeskError } from "../lib/backend";
import { client } from "../lib/query";
import { Missing } from "./Missing";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const gone = new DeskError("gone", "It is not on this device (any more).");

async function shown(problem: DeskError, completeUpTo: string): Promise<string> {
  client.setQueryData(["sync"], { queues: [{ view: "all", completeUpTo }] });
  const root = createRoot(document.body);
  await act(async () => root.render(<QueryClientProvider client={client}><Missing problem={problem} onRetry={() => undefined} /></QueryClientProvider>));
  const said = document.querySelector("[role=alert]") ? `fault: ${document.body.textContent}` : document.body.textContent;
  await act(async () => root.unmount());
  return said;
}

it("says of a ticket that is not here whether it may still come", async () => {
  expect(await shown(gone, "")).toContain("It opens by itself once it is here.");
  expect(await shown(gone, "2026-03-02T09:30:00Z")).toMatch(/^fault: It is not on this device/);
  expect(await shown(new DeskError("internal", "The disk failed."), "")).toMatch(/^fault: The disk failed/);
});
