// The deciding of one ticket's fields outlives its screen: what was chosen and not
// applied is found again, after a reload too.
import { useRef } from "react";
import { useUnfinished } from "../lib/unfinished";
import type { ClashGroup } from "../lib/view";
import { clamped, decide, type Deciding, startOf, type Step } from "./choice";

export function useDeciding({ row, fields }: ClashGroup): [Deciding, (step: Step) => void] {
  const { value, change } = useUnfinished(`clash ${row.id}`, startOf(fields), { lasts: true });
  // Two steps in one breath each begin where the one before ended.
  const latest = useRef(value);
  const step = (next: Step) => {
    latest.current = decide(clamped(latest.current, fields), next, fields);
    change(latest.current);
  };
  return [clamped(value, fields), step];
}
