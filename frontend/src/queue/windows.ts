// The windows this page holds: one for each question asked lately, so that going
// back to a view shows its rows at once while it asks again.
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { desk } from "../lib/desk";
import { onSignal } from "../lib/query";
import { type Ask, QueueWindow } from "./window";

const held = new Map<string, QueueWindow>();
const mostHeld = 8;

function windowOf(ask: Ask): QueueWindow {
  const key = JSON.stringify(ask);
  const known = held.get(key);
  held.delete(key);
  const window = known ?? new QueueWindow(ask, desk.queue.page, desk.queue.place);
  held.set(key, window);
  for (const old of held.keys()) {
    if (held.size <= mostHeld) break;
    held.delete(old);
  }
  return window;
}

/** forgetWindows drops every row, when the workspace closes. */
export const forgetWindows = () => held.clear();

/** useWindow gives the window of a question and draws again when it changes. */
export function useWindow({ view, pill, text, groupBy, sort }: Ask): QueueWindow {
  const window = useMemo(() => windowOf({ view, pill, text, groupBy, sort }), [view, pill, text, groupBy, sort]);
  useSyncExternalStore(window.watch, () => window.version);
  useEffect(() => {
    // A window seen for the first time is filled by what the grid needs.
    if (window.head) void window.refresh();
    return onSignal((topic) => {
      if (topic === "queue" || topic === "ticket" || topic === "session" || topic === "directory") void window.refresh();
    });
  }, [window]);
  return window;
}
