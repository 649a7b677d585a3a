import { type RefObject, useEffect, useState } from "react";

/** useCut tells whether a part shows less of its text than there is, as its width
 * and the text change. */
export function useCut(part: RefObject<HTMLElement | null>, text: string): boolean {
  const [isCut, setCut] = useState(false);
  useEffect(() => {
    const element = part.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => setCut(element.scrollHeight > element.clientHeight));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [part, text]);
  return isCut;
}
