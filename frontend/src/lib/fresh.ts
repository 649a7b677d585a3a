import { shortTime } from "./time";
import type { SyncStatus } from "./view";
import { t } from "./words";

const queueOf = (status: SyncStatus | undefined, view: string) => status?.queues.find((one) => one.view === view);

/** freshness says up to when a queue is complete, or that it is still coming;
 * nothing for a view that is no queue. */
export function freshness(status: SyncStatus | undefined, view: string): string | undefined {
  const queue = queueOf(status, view);
  if (!queue) return undefined;
  return queue.completeUpTo ? t("Complete up to {{time}}", { time: shortTime(queue.completeUpTo) }) : t("Still coming from the server");
}

/** stale tells whether a queue head should say so by itself: while the queue is
 * being filled, and offline. */
export function stale(status: SyncStatus | undefined, view: string): boolean {
  const queue = queueOf(status, view);
  return queue !== undefined && !status?.solo && (queue.completeUpTo === "" || status?.state === "offline");
}

/** isFilling holds while queues come for the first time: what is not found may be on
 * its way. */
export const isFilling = (status: SyncStatus | undefined): boolean => status?.queues.some((queue) => queue.completeUpTo === "") ?? false;
