// What was begun in a form and not finished. It outlives the form and the screen, as
// long as the window lives: whoever closes one by mistake, or looks something up
// meanwhile, finds it as it was.
import { useState } from "react";

const kept = new Map<string, unknown>();

export interface Unfinished<Value> {
  value: Value;
  change: (next: Value) => void;
  /** finish forgets it: it was done, or given up. */
  finish: () => void;
}

/** useUnfinished is a state that is kept under a place; "" keeps nothing. */
export function useUnfinished<Value>(place: string, start: Value): Unfinished<Value> {
  const [value, setValue] = useState<Value>(() => (kept.has(place) ? (kept.get(place) as Value) : start));
  const change = (next: Value) => {
    if (place) kept.set(place, next);
    setValue(next);
  };
  return { value, change, finish: () => void kept.delete(place) };
}

/** forgetUnfinished drops everything, when the workspace closes. */
export const forgetUnfinished = () => kept.clear();
