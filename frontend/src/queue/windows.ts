// The windows this page holds: one for each question asked lately, so that going
// back to a view shows its rows at once while it asks again.
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { desk } from "../lib/desk";
import { onSignal } from "../lib/query";
import type { QueuePage, QueueRequest } from "../lib/view";
import { t } from "../lib/words";
import { type Ask, QueueWindow } from "./window";

const held = new Map<string, QueueWindow>();
const mostHeld = 8;

/** drafts are a list of their own in Go, and short: they make one page. */
async function draftPage(request: QueueRequest): Promise<QueuePage> {
  const words = request.text.toLowerCase();
  const all = (await desk.compose.drafts()).filter((row) => `${row.number} ${row.title}`.toLowerCase().includes(words));
  const rows = all.map((row) => ({ ...row, group: "" })).slice(request.offset, request.offset + request.limit);
  return { view: request.view, title: t("Drafts"), total: all.length, offset: request.offset, rows, groups: [], pills: [] };
}

const source = (request: QueueRequest) => (request.view === "drafts" ? draftPage(request) : desk.queue.page(request));

function windowOf(ask: Ask): QueueWindow {
  const key = JSON.stringify(ask);
  const known = held.get(key);
  held.delete(key);
  const window = known ?? new QueueWindow(ask, source);
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
    void window.refresh();
    return onSignal((topic) => {
      if (topic === "queue" || topic === "ticket" || topic === "session") void window.refresh();
    });
  }, [window]);
  return window;
}
