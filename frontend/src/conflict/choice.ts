// Deciding the fields of one ticket: which is current, what was chosen for each,
// and the way back while nothing has been applied yet. A choice holds as long as
// both values are those it was made between (SPEC R11). Keys: 1 mine, 2 server,
// 3 edit.
import type { Clash, Part, ResolveRequest } from "../lib/view";

export interface Choice {
  choice: "mine" | "server" | "edit" | "dismiss";
  value: string;
}

/** Made is a choice with the values it was made between. */
interface Made extends Choice {
  label: string;
  serverRaw: string;
  mineRaw: string;
  /** sent: it left; should the field come back, it is asked for anew. */
  sent?: boolean;
}

type Chosen = Record<string, Made>;

export interface Deciding {
  current: number;
  chosen: Chosen;
  past: Chosen[];
}

export type Step =
  | { kind: "choose"; choice: Choice }
  | { kind: "move"; by: number }
  | { kind: "at"; index: number }
  | { kind: "sent"; id: string }
  | { kind: "undo" };

const isOpen = (state: Deciding, field: Clash) => !field.pending && !choiceOf(state, field);

/** startOf puts the cursor on the first field nobody has decided. */
export const startOf = (fields: Clash[]): Deciding => ({ current: Math.max(0, fields.findIndex((field) => !field.pending)), chosen: {}, past: [] });

const fits = (made: Made, field: Clash) => made.serverRaw === field.serverRaw && made.mineRaw === field.mineRaw;

/** choiceOf is what was chosen for a field between the values it has now. */
export function choiceOf(state: Deciding, field: Clash): Choice | undefined {
  const made = state.chosen[field.id];
  return made && fits(made, field) ? made : undefined;
}

/** isOvertaken holds for a field that changed after it was chosen for. */
export const isOvertaken = (state: Deciding, field: Clash) => state.chosen[field.id] !== undefined && !field.pending && !choiceOf(state, field);

/** elsewhere names the fields that somebody else decided after they were chosen for. */
export const elsewhere = (state: Deciding, fields: Clash[]) =>
  Object.entries(state.chosen).filter(([id, made]) => !made.sent && !fields.some((field) => field.id === id)).map(([, made]) => made.label);

/** clamped keeps the cursor inside the fields, which may be fewer than before. */
export const clamped = (state: Deciding, fields: Clash[]): Deciding => ({ ...state, current: Math.max(0, Math.min(fields.length - 1, state.current)) });

export function decide(state: Deciding, step: Step, fields: Clash[]): Deciding {
  switch (step.kind) {
    case "move":
      return clamped({ ...state, current: state.current + step.by }, fields);
    case "at":
      return { ...state, current: step.index };
    case "sent":
      return { ...state, chosen: markSent(state.chosen, step.id), past: state.past.map((chosen) => markSent(chosen, step.id)) };
    case "undo":
      return state.past.length === 0 ? state : { ...state, chosen: state.past.at(-1)!, past: state.past.slice(0, -1) };
    case "choose":
      return choose(state, step.choice, fields);
  }
}

const markSent = (chosen: Chosen, id: string): Chosen => (chosen[id] ? { ...chosen, [id]: { ...chosen[id], sent: true } } : chosen);

function choose(state: Deciding, choice: Choice, fields: Clash[]): Deciding {
  const field = fields[state.current];
  if (!field || field.pending) return state;
  const { label, serverRaw, mineRaw } = field;
  const next = { ...state, chosen: { ...state.chosen, [field.id]: { ...choice, label, serverRaw, mineRaw } }, past: [...state.past, state.chosen] };
  return { ...next, current: nextOpen(next, fields) };
}

// nextOpen goes on to the next field without a choice, round the end; when all
// are decided the cursor stays.
function nextOpen(state: Deciding, fields: Clash[]): number {
  for (let step = 1; step < fields.length; step++) {
    const at = (state.current + step) % fields.length;
    if (isOpen(state, fields[at]!)) return at;
  }
  return state.current;
}

/** firstOpen is the first field that still asks for a choice; -1: none does. */
export const firstOpen = (state: Deciding, fields: Clash[]) => fields.findIndex((field) => isOpen(state, field));

/** requestsOf are the choices that can be sent, each with the standing value that
 * was seen. */
export const requestsOf = (state: Deciding, fields: Clash[]): ResolveRequest[] =>
  fields.flatMap((field) => {
    const choice = field.pending ? undefined : choiceOf(state, field);
    return choice ? { conflictId: field.id, choice: choice.choice, value: choice.value, seen: field.serverRaw } : [];
  });

/** editFrom is the third value that was written for a field, also where it was
 * overtaken: its words are not lost. */
export const editFrom = (state: Deciding, field: Clash) => {
  const made = state.chosen[field.id];
  return made?.choice === "edit" ? made.value : undefined;
};

/** joined is where editing starts: what both wrote, mine after the server's; of a
 * long text every line that merges by itself is in its place. */
export function joined(field: Clash): string {
  if (field.server === field.mine) return field.mine;
  if (field.parts.length === 0) return [field.server, field.mine].filter(Boolean).join(" ");
  const of: Record<string, (part: Part) => string[]> = { both: ({ server, mine }) => [server, mine], server: ({ server }) => [server] };
  return field.parts.flatMap((part) => of[part.side]?.(part) ?? [part.mine]).join("\n");
}
