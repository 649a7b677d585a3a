// Which side conversation is written in: each has a draft of its own, kept under
// its name, also before anything of it was sent.
import { useMemo, useRef, useState } from "react";
import { desk } from "../lib/desk";
import type { AsideView, TicketView } from "../lib/view";
import { asideKind, type AsideKind, type DraftKind } from "./drafts";

export const isAside = (kind: string): kind is AsideKind => kind.startsWith(asideKind(""));

/** asideIn is the side conversation a draft is for; undefined: it has only begun. */
export const asideIn = (ticket: TicketView, kind: string): AsideView | undefined => ticket.asides.find(({ id }) => kind === asideKind(id));

export interface Asides {
  /** current is the one that is, or was last, written in. */
  current: AsideKind;
  /** shown are those that have a tab: the current one, and where drafts lie. */
  shown: AsideKind[];
  choose: (kind: AsideKind) => void;
  /** end leaves the tab of one that was sent or discarded. */
  end: () => void;
}

const none = asideKind("");

/** beginAside names a new one. */
export async function beginAside(ticketId: string): Promise<{ kind: AsideKind; subject: string }> {
  const draft = await desk.compose.aside(ticketId);
  return { kind: draft.kind as AsideKind, subject: draft.envelope.subject };
}

/** untouched is the draft of one that was begun, and holds nothing yet. */
export const untouched = (ticket: TicketView): AsideKind | undefined =>
  ticket.drafts.find(({ kind, text, files, envelope }) => isAside(kind) && !asideIn(ticket, kind) && text.trim() === "" && files.length === 0 && envelope.to.length + envelope.cc.length === 0)?.kind as AsideKind | undefined;

export function useAsides(ticket: TicketView, kind: DraftKind): Asides {
  const drafted = useMemo(() => ticket.drafts.map((draft) => draft.kind).filter(isAside), [ticket.drafts]);
  const [chosen, choose] = useState<AsideKind>(drafted[0] ?? none);
  const open = useRef(kind);
  open.current = kind;
  const shown = [...new Set([chosen, ...drafted])].filter((one) => one !== none && (one === open.current || drafted.includes(one)));
  return { current: isAside(kind) ? kind : chosen, shown, choose, end: () => choose(none) };
}
