// A change of a ticket, with the way back. Going back is a change like any other:
// Go judges it, and everybody sees it in the history.
import { desk } from "./desk";
import { DeskError, toDeskError } from "./backend";
import { signal } from "./query";
import { remember } from "./undo";
import type { AsideView, CheckRequest, Entry, MoveRequest, Placed, SplitRequest, TicketView } from "./view";
import { t } from "./words";

export interface Change {
  ticketId: string;
  /** name says what is changed, of which ticket. */
  name: string;
  run: () => Promise<unknown>;
  back: () => Promise<unknown>;
}

const fieldNames: Record<string, () => string> = {
  title: () => t("Title"),
  state: () => t("State"),
  priority: () => t("Priority"),
  impact: () => t("Priority"),
  urgency: () => t("Priority"),
  assignee: () => t("Assignee"),
  team: () => t("Team"),
  category: () => t("Category"),
  service: () => t("Service"),
  labels: () => t("Labels"),
  watchers: () => t("Watchers"),
  checklist: () => t("Checklist"),
  actual_start: () => t("Start"),
  actual_end: () => t("End"),
  meter_reading: () => t("Meter"),
  aside: () => t("Subject of a side conversation"),
};

const nameOf = (field: string, ticket: TicketView) => t("{{field}} of {{number}}", { field: fieldNames[field.split(".", 1)[0]!]?.() ?? field, number: ticket.row.number });

/** valueOf is what Patch calls the raw value of a field. */
function valueOf(ticket: TicketView, field: string, derived: number | undefined): string {
  const { row } = ticket;
  const values: Record<string, string> = {
    title: row.title, assignee: row.assignee.id, team: row.teamId, category: ticket.category, service: ticket.serviceId,
    actual_start: ticket.actualStart, actual_end: ticket.actualEnd, meter_reading: ticket.meterReading, impact: String(ticket.impact), urgency: String(ticket.urgency), priority: derived === row.priority ? "" : String(row.priority),
  };
  const item = ticket.checklist.find(({ id }) => field === `checklist.${id}`);
  const aside = ticket.asides.find(({ id }) => field === `aside.${id}`);
  return item?.text ?? aside?.subject ?? values[field] ?? "";
}

interface Patching {
  reason?: string;
  /** matrix tells whether a priority was an override. */
  matrix?: number[][];
  /** began is the value that was there when the typing began: what has come in since
   * was not seen, and is not typed over. */
  began?: string;
}

/** patching sets one field. */
export function patching(ticket: TicketView, field: string, value: string, { reason = "", matrix = [], began }: Patching = {}): Change {
  const ticketId = ticket.row.id;
  const before = began ?? valueOf(ticket, field, matrix[ticket.impact - 1]?.[ticket.urgency - 1]);
  const put = (next: string, why: string, seen?: string) => desk.ticket.patch({ ticketId, field, value: next, reason: why, ...(seen === undefined ? {} : { seen }) });
  return { ticketId, name: nameOf(field, ticket), run: () => put(value, reason, began), back: () => put(before, before && field === "priority" ? t("Taken back") : "") };
}

/** labelling adds to a set of the ticket, or takes from it. */
export function labelling(ticket: TicketView, set: "labels" | "watchers", { add = "", remove = "" }: { add?: string; remove?: string }): Change {
  const ticketId = ticket.row.id;
  const put = (next: { add: string; remove: string }) => desk.ticket.label({ ticketId, set, ...next });
  return { ticketId, name: nameOf(set, ticket), run: () => put({ add, remove }), back: () => put({ add: remove, remove: add }) };
}

/** keeping keeps the ticket on this person's devices, or lets it go. */
export function keeping(ticket: TicketView, keep: boolean): Change {
  const ticketId = ticket.row.id;
  const put = (on: boolean) => desk.ticket.keep({ ticketId, keep: on });
  return { ticketId, name: t("Place of {{number}}", { number: ticket.row.number }), run: () => put(keep), back: () => put(!keep) };
}

/** checking changes the checklist; an item taken away comes back with its words. */
export function checking(ticket: TicketView, change: Partial<Omit<CheckRequest, "ticketId">>): Change {
  const ticketId = ticket.row.id;
  const put = (next: typeof change) => desk.ticket.check({ ticketId, add: "", tick: "", untick: "", remove: "", ...next });
  const back = async () => {
    if (change.tick) return put({ untick: change.tick });
    if (change.untick) return put({ tick: change.untick });
    if (change.remove) return put({ add: ticket.checklist.find((item) => item.id === change.remove)?.text ?? "" });
    const added = (await desk.ticket.open(ticketId)).checklist.findLast((item) => item.text === change.add?.trim());
    return added && put({ remove: added.id });
  };
  return { ticketId, name: nameOf("checklist", ticket), run: () => put(change), back };
}

/** moving brings a ticket to another state; the way back is open only where Go
 * offers it from there. */
export function moving(ticket: TicketView, request: MoveRequest): Change {
  const { id, number, state, holdReason } = ticket.row;
  const back = async () => {
    const { moves } = await desk.ticket.open(id);
    if (!moves.some((move) => move.to === state)) throw new DeskError("validation", t("{{number}} cannot go back to where it was; choose its state with s.", { number }));
    await desk.ticket.move({ ticketId: id, to: state, holdReason, resolutionCode: ticket.resolutionCode, resolutionNotes: ticket.resolutionNotes });
  };
  return { ticketId: id, name: nameOf("state", ticket), run: () => desk.ticket.move(request), back };
}

/** placing moves a message to another ticket; the way back finds it there. */
export function placing(ticket: TicketView, messageId: string, to: { toId: string; number: string }): Change {
  let placed: Placed | undefined;
  const ticketId = ticket.row.id;
  const run = async () => {
    placed = await desk.ticket.moveMessage({ ticketId, messageId, ...to });
    signal("ticket", placed.ticketId);
  };
  const back = async () => {
    if (!placed) return;
    await desk.ticket.moveMessage({ ticketId: placed.ticketId, messageId: placed.messageId, toId: ticketId, number: "" });
    signal("ticket", placed.ticketId);
  };
  return { ticketId, name: t("Place of a message of {{number}}", { number: ticket.row.number }), run, back };
}

/** splitting lets a message open a ticket; the way back empties and cancels it. */
export function splitting(ticket: TicketView, request: SplitRequest, landed: (placed: Placed) => void): Change {
  let placed: Placed | undefined;
  const { id, number } = ticket.row;
  const run = async () => {
    placed = await desk.ticket.splitMessage(request);
    landed(placed);
  };
  const back = async () => {
    if (!placed) return;
    await desk.ticket.moveMessage({ ticketId: placed.ticketId, messageId: placed.messageId, toId: id, number: "" });
    const left = await desk.ticket.open(placed.ticketId);
    const cancel = left.moves.find((move) => move.to === "cancelled");
    const isEmpty = left.thread.every((entry) => entry.kind === "changes");
    if (cancel && isEmpty) await desk.ticket.move({ ticketId: placed.ticketId, to: cancel.to, holdReason: "", resolutionCode: "", resolutionNotes: "" });
    signal("ticket", placed.ticketId);
  };
  return { ticketId: id, name: t("Place of a message of {{number}}", { number }), run, back };
}

/** accepting lets a message that is held for agents, and its sender, belong here. */
export function accepting(ticket: TicketView, messageId: string, accept: boolean): Change {
  const ticketId = ticket.row.id;
  const put = (on: boolean) => desk.ticket.acceptMessage({ ticketId, messageId, accept: on });
  return { ticketId, name: t("Sender of a message of {{number}}", { number: ticket.row.number }), run: () => put(accept), back: () => put(!accept) };
}

/** taking puts a mail into another conversation of its ticket; the way back is the
 * one it stood in. */
export function taking(ticket: TicketView, entry: Entry, into: { asideId: string; subject: string }): Change {
  const ticketId = ticket.row.id;
  const take = (to: { asideId: string; subject: string }) => desk.ticket.takeMessage({ ticketId, messageId: entry.id, ...to });
  return { ticketId, name: t("Conversation of a message of {{number}}", { number: ticket.row.number }), run: () => take(into), back: () => take({ asideId: entry.asideId, subject: "" }) };
}

/** turning closes a side conversation, or opens it again; the way back is refused
 * where somebody has written in it since. */
export function turning(ticket: TicketView, { id, subject, lastId }: Pick<AsideView, "id" | "subject" | "lastId">, close: boolean): Change {
  const ticketId = ticket.row.id;
  const put = (closed: boolean) => desk.ticket.moveAside({ ticketId, asideId: id, state: closed ? "closed" : "open", seenId: lastId });
  return { ticketId, name: t("State of “{{subject}}”", { subject }), run: () => put(close), back: () => put(!close) };
}

const touch = (changes: Change[]) => {
  for (const { ticketId } of changes) signal("ticket", ticketId);
  signal("queue");
  signal("sync");
};

async function each(changes: Change[], act: (change: Change) => Promise<unknown>): Promise<{ held: Change[]; refused: DeskError[] }> {
  const held: Change[] = [];
  const refused: DeskError[] = [];
  for (const change of changes) {
    // One after another: they go to the outbox in this order.
    await act(change).then(() => held.push(change), (problem: unknown) => refused.push(toDeskError(problem))); // oxlint-disable-line no-await-in-loop
  }
  touch(held);
  return { held, refused };
}

function complain(refused: DeskError[], all: number): void {
  if (refused.length === 0) return;
  const { code, message } = refused[0]!;
  throw new DeskError(code, all === 1 ? message : t("{{count}} of {{all}} tickets were left as they are. {{message}}", { count: refused.length, all, message }));
}

/** carryOut does the changes of one act, and remembers the way back for those
 * that held; it throws a sentence for those that did not. */
export async function carryOut(changes: Change[]): Promise<void> {
  const { held, refused } = await each(changes, (change) => change.run());
  if (held.length > 0) {
    const name = new Set(held.map((change) => change.ticketId)).size === 1 ? held[0]!.name : t("{{count}} tickets", { count: held.length });
    remember({
      name,
      back: async () => complain((await each(held.toReversed(), (change) => change.back())).refused, held.length),
      again: async () => complain((await each(held, (change) => change.run())).refused, held.length),
    });
  }
  complain(refused, changes.length);
}
