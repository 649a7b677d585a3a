// One keeper for each ticket and kind of draft, for as long as the window lives:
// a reply, a note and a side conversation never share their text.
import { useEffect, useSyncExternalStore } from "react";
import { desk } from "../lib/desk";
import { signal } from "../lib/query";
import type { Draft, Envelope, TicketView } from "../lib/view";
import { DraftKeeper } from "./keeper";

export type AsideKind = `aside:${string}`;
export type DraftKind = "reply" | "note" | "forward" | AsideKind;

/** asideKind is the draft of a side conversation: each has one of its own. */
export const asideKind = (id: string): AsideKind => `aside:${id}`;

const keepers = new Map<string, DraftKeeper>();

function keeperOf(ticket: TicketView, kind: DraftKind): DraftKeeper {
  const key = `${ticket.row.id} ${kind}`;
  const known = keepers.get(key);
  if (known) return known;
  const seenId = seenIn(ticket, kind);
  const save = async (text: string, envelope: Envelope) => {
    await desk.compose.saveDraft({ ticketId: ticket.row.id, kind, text, seenId, envelope });
    signal("queue");
  };
  const draft = stored(ticket, kind);
  const keeper = new DraftKeeper(draft?.text ?? "", save, draft?.envelope);
  keepers.set(key, keeper);
  return keeper;
}

/** seenIn is the newest message by which the stale-reply guard measures a draft. */
export const seenIn = (ticket: TicketView, kind: DraftKind): string => {
  if (!kind.startsWith(asideKind(""))) return ticket.lastPublic;
  return ticket.asides.find(({ id }) => kind === asideKind(id))?.lastId ?? "";
};

const stored = (ticket: TicketView, kind: DraftKind) => ticket.drafts.find((draft) => draft.kind === kind);

/** forgetDrafts drops the keepers, when the workspace closes; what they held is saved. */
export async function forgetDrafts(): Promise<void> {
  await Promise.all(saveAll());
  keepers.clear();
}

/** isUnsaved reports whether Go has not taken what was begun. */
export const isUnsaved = (ticketId: string, kind: string): boolean => keepers.get(`${ticketId} ${kind}`)?.state === "failed";

/** takenBack gives a message that was taken back to whoever holds the draft it is now. */
export const takenBack = (ticketId: string, { kind, text, envelope }: Draft) => keepers.get(`${ticketId} ${kind}`)?.takeIn(text, envelope);

export function useKeeper(ticket: TicketView, kind: DraftKind): DraftKeeper {
  const keeper = keeperOf(ticket, kind);
  useSyncExternalStore(keeper.watch, keeper.snapshot);
  const inGo = stored(ticket, kind);
  useEffect(() => keeper.adopt(inGo?.text ?? "", inGo?.envelope, ticket.asked), [keeper, inGo, ticket.asked]);
  useEffect(() => () => void keeper.flush(), [keeper]);
  return keeper;
}

/** saveAll keeps every draft when the window goes away. */
export const saveAll = () => [...keepers.values()].map((keeper) => keeper.flush());
