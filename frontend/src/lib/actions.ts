// The registry of everything a person can do. Palette, menus, shortcuts, button
// tooltips and the key sheet all read it, so a key is written down once. A part
// registers its actions while it is on the screen; the latest of one id wins.
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { isPlain, matches, parseChord, worksInText } from "./keys";

export interface Action {
  id: string;
  name: string;
  /** label is the shortest wording, for the status bar. */
  label?: string;
  /** area groups actions in the key sheet and the palette. */
  area: string;
  icon?: string;
  keys?: string[];
  /** hint puts these keys of the action at the end of the status bar. */
  hint?: string[];
  /** hidden keeps plain movement out of the palette. */
  hidden?: boolean;
  /** prior keys go before those of every other action: what is marked is meant
   * before what is open. */
  prior?: boolean;
  /** unlisted leaves it out of the key sheet: it belongs to a family, whose first
   * member shows its keys until this one. */
  unlisted?: boolean;
  until?: string;
  when?: () => boolean;
  /** keysWhen narrows the keys alone: sending by key needs the cursor in the text. */
  keysWhen?: () => boolean;
  do: () => void;
}

const actions = new Map<string, Action[]>();
const watchers = new Set<() => void>();
let snapshot: Action[] = [];

function changed(): void {
  snapshot = [...actions.values()].map((stack) => stack.at(-1)!).toSorted((a, b) => Number(a.prior ?? false) - Number(b.prior ?? false));
  watchers.forEach((watch) => watch());
}

export function register(list: Action[]): () => void {
  for (const action of list) actions.set(action.id, [...(actions.get(action.id) ?? []), action]);
  changed();
  if (list.some((action) => action.id === awaited)) queueMicrotask(runAwaited);
  return () => {
    for (const action of list) {
      const rest = (actions.get(action.id) ?? []).filter((held) => held !== action);
      if (rest.length > 0) actions.set(action.id, rest);
      else actions.delete(action.id);
    }
    changed();
  };
}

/** useActions keeps a list registered while its part is on the screen. */
export function useActions(make: () => Action[], dependencies: unknown[]): void {
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the caller names what the actions close over
  const list = useMemo(make, dependencies);
  useEffect(() => register(list), [list]);
}

const watch = (listener: () => void) => {
  watchers.add(listener);
  return () => void watchers.delete(listener);
};

export const allActions = () => snapshot;
export const useAllActions = () => useSyncExternalStore(watch, allActions);

export const isReady = (action: Action) => action.when?.() ?? true;

export const findAction = (id: string) => actions.get(id)?.at(-1);

export function run(id: string): void {
  const action = findAction(id);
  if (action && isReady(action)) action.do();
}

let awaited: string | undefined;

/** runNext runs an action once the part that brings it is on the screen: "state"
 * in a list first opens the ticket. Whatever is done meanwhile calls it off. */
export const runNext = (id: string) => void (awaited = id);

function runAwaited(): void {
  const id = awaited;
  awaited = undefined;
  if (id !== undefined) run(id);
}

const editable = "input, textarea, select, [contenteditable=true]";

function isTextField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(editable) !== null && !(target as HTMLInputElement).readOnly;
}

/** outsideText holds while the keyboard is in no text field, whose own undo is meant there. */
export const outsideText = () => !isTextField(document.activeElement);

// An open dialog, list or menu owns the keyboard until it closes.
const isInOverlay = (target: EventTarget | null) =>
  target instanceof Element && target.closest("[data-overlay]") !== null;

// Enter and Space belong to the control that has the focus.
const isPressed = (target: EventTarget | null, event: KeyboardEvent) =>
  (event.key === "Enter" || event.key === " ") &&
  !event.ctrlKey &&
  !event.metaKey &&
  target instanceof Element &&
  target.closest("button, a[href], summary, [role=option], [role=tab], [role=radio], [role=switch], [role=checkbox]") !== null;

const pause = 1_200; // ms between the two keys of a sequence

/** makeKeyHandler turns key presses into actions and gives the name of the one
 * that ran; letters answers the off switch of WCAG 2.1.4. */
export function makeKeyHandler(letters: () => boolean, now: () => number = () => performance.now()) {
  let begun: { key: string; at: number } | undefined;
  return (event: KeyboardEvent): string | undefined => {
    const started = begun && now() - begun.at < pause ? begun.key : undefined;
    begun = undefined;
    if (event.defaultPrevented || event.isComposing || isInOverlay(event.target) || isPressed(event.target, event)) return undefined;
    const typing = isTextField(event.target);
    for (const action of snapshot.toReversed()) {
      if (action.keysWhen?.() === false) continue;
      for (const chord of action.keys ?? []) {
        if (typing ? !worksInText(chord) : isPlain(chord) && !letters()) continue;
        const [first, second] = parseChord(chord);
        if (second) {
          if (started !== undefined && started === first!.key && matches(second, event) && isReady(action)) return fire(action, event);
          if (started === undefined && matches(first!, event) && isReady(action)) begun ??= { key: first!.key, at: now() };
          continue;
        }
        // A sequence may begin with a key that acts by itself: "." and ". .".
        if (started === undefined && matches(first!, event) && isReady(action)) return fire(action, event);
      }
    }
    return undefined;
  };
}

function fire(action: Action, event: KeyboardEvent): string {
  event.preventDefault();
  awaited = undefined;
  action.do();
  return action.name;
}
