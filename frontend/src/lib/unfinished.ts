// What was begun in a form and not finished. It outlives the form and the screen, as
// long as the window lives: whoever closes one by mistake, or looks something up
// meanwhile, finds it as it was. What lasts outlives a reload too; a secret never
// does.
import { useState } from "react";

const kept = new Map<string, unknown>();

const shelf = "unfinished "; // before the names of what lasts

export interface Unfinished<Value> {
  value: Value;
  change: (next: Value) => void;
  /** finish forgets it: it was done, or given up. */
  finish: () => void;
}

/** useUnfinished is a state that is kept under a place; "" keeps nothing. */
export function useUnfinished<Value>(place: string, start: Value, { lasts = false } = {}): Unfinished<Value> {
  const find = () => (kept.has(place) ? kept.get(place) : lasts && place ? taken(place) : undefined) as Value | undefined;
  const [value, setValue] = useState<Value>(() => find() ?? start);
  const change = (next: Value) => {
    if (place) kept.set(place, next);
    if (place && lasts) lay(place, next);
    setValue(next);
  };
  const finish = () => {
    kept.delete(place);
    sessionStorage.removeItem(shelf + place);
  };
  return { value, change, finish };
}

/** taken is what lay there before the page was loaded. */
function taken(place: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(shelf + place) ?? "null") ?? undefined;
  } catch {
    return undefined; // of an older program: it begins anew
  }
}

function lay(place: string, value: unknown): void {
  try {
    sessionStorage.setItem(shelf + place, JSON.stringify(value));
  } catch {
    // The window's own room is full: it is kept as long as the page lives.
  }
}

/** forgetUnfinished drops everything, when the workspace closes. */
export function forgetUnfinished(): void {
  kept.clear();
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(shelf)) sessionStorage.removeItem(name);
}
