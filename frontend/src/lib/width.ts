// How wide the window is decides what stands beside what (LOOK.md, Layout).
import { useSyncExternalStore } from "react";

/** A Breakpoint tells whether the window is narrower than a width, now and when
 * that changes. */
function breakpoint(width: number) {
  const media = matchMedia(`(max-width: ${width - 1}px)`);
  return {
    isBelow: () => media.matches,
    watch: (changed: () => void) => {
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
  };
}

type Breakpoint = ReturnType<typeof breakpoint>;

/** Below propertiesFrom the properties lie over the thread and a line of the queue
 * has no columns, below sidebarFrom the
 * sidebar over the work, below bothFrom list and ticket take turns. */
export const propertiesFrom = breakpoint(1180);
export const sidebarFrom = breakpoint(980);
export const bothFrom = breakpoint(760);

export const useIsBelow = ({ watch, isBelow }: Breakpoint) => useSyncExternalStore(watch, isBelow);
