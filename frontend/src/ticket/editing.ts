// Editing in place: which field is open, and the acts that change the ticket.
// Every act is done at once and can be taken back; there is no form to save.
import { useMemo, useState } from "react";
import { useAct } from "../lib/act";
import type { DeskError } from "../lib/backend";
import { carryOut, checking, keeping, labelling, moving, patching, turning } from "../lib/change";
import { useOptions } from "../lib/query";
import type { Move, TicketView } from "../lib/view";

export type FieldName = "title" | "state" | "priority" | "assignee" | "team" | "category" | "service" | "labels" | "checklist" | "actual_start" | "actual_end" | "meter_reading" | `aside.${string}`;

/** Asked is a sheet that asks for what an act needs. */
export type Asked = "log" | "merge";

export interface Editing {
  field: FieldName | undefined;
  open: (field: FieldName | undefined) => void;
  patch: (field: string, value: string, how?: Parameters<typeof patching>[3]) => void;
  /** rate sets impact and urgency as one act. */
  rate: (impact: number, urgency: number) => void;
  label: (change: { add?: string; remove?: string }, set?: "labels" | "watchers") => void;
  /** keep keeps the ticket on this person's devices, or lets it go. */
  keep: (on: boolean) => void;
  check: (change: Parameters<typeof checking>[1]) => void;
  /** turn closes a side conversation, or opens it again. */
  turn: (asideId: string) => void;
  /** choose does a move, or asks first for what it needs. */
  choose: (move: Move) => void;
  move: Move | undefined;
  ask: (move: Move | undefined) => void;
  sheet: Asked | undefined;
  show: (sheet: Asked | undefined) => void;
  isPending: (...fields: string[]) => boolean;
  problem: DeskError | undefined;
  forget: () => void;
}

export function useEditing(ticket: TicketView, field: FieldName | undefined, open: Editing["open"]): Editing {
  const { run, problem, forget } = useAct();
  const [move, ask] = useState<Move>();
  const [sheet, show] = useState<Asked>();
  const matrix = useOptions().data?.matrix;
  return useMemo(() => {
    return {
      field,
      open,
      move,
      ask,
      sheet,
      show,
      problem,
      forget,
      isPending: (...fields) => fields.some((name) => ticket.pendingFields.includes(name)),
      patch: (name, value, how) => void run(() => carryOut([patching(ticket, name, value, { matrix, ...how })])),
      rate: (impact, urgency) => {
        const changes = [impact === ticket.impact ? [] : patching(ticket, "impact", String(impact)), urgency === ticket.urgency ? [] : patching(ticket, "urgency", String(urgency))].flat();
        if (changes.length > 0) void run(() => carryOut(changes));
      },
      label: (change, set = "labels") => void run(() => carryOut([labelling(ticket, set, change)])),
      keep: (on) => void run(() => carryOut([keeping(ticket, on)])),
      check: (change) => void run(() => carryOut([checking(ticket, change)])),
      turn: (asideId) => {
        const aside = ticket.asides.find(({ id }) => id === asideId);
        if (aside) void run(() => carryOut([turning(ticket, aside, aside.state === "open")]));
      },
      choose: (next) => {
        if (next.needs.length > 0) return ask(next);
        void run(() => carryOut([moving(ticket, { ticketId: ticket.row.id, to: next.to, holdReason: "", resolutionCode: "", resolutionNotes: "" })]));
      },
    };
  }, [ticket, matrix, field, open, move, sheet, problem, forget, run]);
}
