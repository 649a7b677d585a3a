// The minute, for what says how long ago something was: a screen that nothing else
// changes still tells the truth.
import { useSyncExternalStore } from "react";

const length = 60_000;
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  timer ??= setInterval(() => watchers.forEach((tell) => tell()), length);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** useMinute draws a part again as the minutes go. */
export const useMinute = () => useSyncExternalStore(watch, () => Math.floor(Date.now() / length));
