// Deciding the fields of one ticket: which is current, what was chosen for each,
// and the way back while nothing has been applied yet. Keys: 1 mine, 2 server,
// 3 edit.
import type { Clash, Part, ResolveRequest } from "../lib/view";

export interface Choice {
  choice: "mine" | "server" | "edit" | "dismiss";
  value: string;
}

export interface Deciding {
  current: number;
  chosen: Record<string, Choice>;
  past: Record<string, Choice>[];
}

export type Step =
  | { kind: "choose"; choice: Choice }
  | { kind: "move"; by: number }
  | { kind: "at"; index: number }
  | { kind: "undo" };

const undecided: Deciding = { current: 0, chosen: {}, past: [] };

/** startOf puts the cursor on the first field nobody has decided. */
export const startOf = (fields: Clash[]): Deciding => ({ ...undecided, current: Math.max(0, fields.findIndex((field) => !field.pending)) });

export function decide(state: Deciding, step: Step, fields: Clash[]): Deciding {
  switch (step.kind) {
    case "move":
      return { ...state, current: Math.max(0, Math.min(fields.length - 1, state.current + step.by)) };
    case "at":
      return { ...state, current: step.index };
    case "undo":
      return state.past.length === 0 ? state : { ...state, chosen: state.past.at(-1)!, past: state.past.slice(0, -1) };
    case "choose":
      return choose(state, step.choice, fields);
  }
}

function choose(state: Deciding, choice: Choice, fields: Clash[]): Deciding {
  const field = fields[state.current];
  if (!field || field.pending) return state;
  const chosen = { ...state.chosen, [field.id]: choice };
  return { current: nextOpen(state.current, chosen, fields), chosen, past: [...state.past, state.chosen] };
}

// nextOpen goes on to the next field without a choice, round the end; when all
// are decided the cursor stays.
function nextOpen(from: number, chosen: Record<string, Choice>, fields: Clash[]): number {
  for (let step = 1; step < fields.length; step++) {
    const at = (from + step) % fields.length;
    const field = fields[at]!;
    if (!field.pending && !chosen[field.id]) return at;
  }
  return from;
}

/** decided are the fields with a choice that was not sent yet. */
export const decided = (state: Deciding, fields: Clash[]) => fields.filter((field) => state.chosen[field.id] && !field.pending);

export const requestsOf = (state: Deciding, fields: Clash[]): ResolveRequest[] =>
  decided(state, fields).map((field) => ({ conflictId: field.id, choice: state.chosen[field.id]!.choice, value: state.chosen[field.id]!.value }));

/** joined is where editing starts: what both wrote, mine after the server's; of a
 * long text every line that merges by itself is in its place. */
export function joined(field: Clash): string {
  if (field.server === field.mine) return field.mine;
  if (field.parts.length === 0) return [field.server, field.mine].filter(Boolean).join(" ");
  const of: Record<string, (part: Part) => string[]> = { both: ({ server, mine }) => [server, mine], server: ({ server }) => [server] };
  return field.parts.flatMap((part) => of[part.side]?.(part) ?? [part.mine]).join("\n");
}
