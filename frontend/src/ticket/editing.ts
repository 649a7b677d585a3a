// Editing in place: which field is open, and the acts that change the ticket.
// Every act is done at once; there is no form to save.
import { useMemo, useState } from "react";
import { useAct } from "../lib/act";
import type { DeskError } from "../lib/backend";
import { desk } from "../lib/desk";
import type { Move, TicketView } from "../lib/view";

export type FieldName = "title" | "state" | "priority" | "assignee" | "team" | "category" | "service" | "labels";

export interface Editing {
  field: FieldName | undefined;
  open: (field: FieldName | undefined) => void;
  patch: (field: string, value: string, reason?: string) => void;
  label: (change: { add?: string; remove?: string }, set?: "labels" | "watchers") => void;
  /** choose does a move, or asks first for what it needs. */
  choose: (move: Move) => void;
  move: Move | undefined;
  ask: (move: Move | undefined) => void;
  isPending: (...fields: string[]) => boolean;
  problem: DeskError | undefined;
  forget: () => void;
}

export function useEditing(ticket: TicketView, field: FieldName | undefined, open: Editing["open"]): Editing {
  const { run, problem, forget } = useAct();
  const [move, ask] = useState<Move>();
  const ticketId = ticket.row.id;
  const { pendingFields } = ticket;
  return useMemo(() => {
    const touched: Parameters<typeof run>[1] = [["ticket", ticketId], ["queue"], ["sync"]];
    return {
      field,
      open,
      move,
      ask,
      problem,
      forget,
      isPending: (...fields) => fields.some((name) => pendingFields.includes(name)),
      patch: (name, value, reason = "") => void run(() => desk.ticket.patch({ ticketId, field: name, value, reason }), touched),
      label: ({ add = "", remove = "" }, set = "labels") => void run(() => desk.ticket.label({ ticketId, set, add, remove }), touched),
      choose: (next) => {
        if (next.needs.length > 0) return ask(next);
        void run(() => desk.ticket.move({ ticketId, to: next.to, holdReason: "", resolutionCode: "", resolutionNotes: "" }), touched);
      },
    };
  }, [ticketId, pendingFields, field, open, move, problem, forget, run]);
}
