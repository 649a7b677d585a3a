import type { Action } from "../lib/actions";
import { ticketActs } from "../lib/ticket_acts";
import type { AsideView, Person, TicketView } from "../lib/view";
import { t } from "../lib/words";
import { copyText } from "../ui/clipboard";
import type { Editing, FieldName } from "./editing";
import type { TicketProps } from "./Ticket";

interface Open {
  ticket: TicketView;
  editing: Editing;
  me: Person | undefined;
  props: TicketProps;
}

/** resolving is the move that asks how the ticket was resolved. */
const resolving = (ticket: TicketView) => ticket.moves.find((move) => move.needs.includes("resolutionCode"));

const reopening = (ticket: TicketView) => ticket.moves.find((move) => move.to.toLowerCase().replaceAll(/[^a-z]/g, "") === "inprogress");

const fields: Record<string, FieldName> = {
  "ticket.state": "state", "ticket.priority": "priority", "ticket.assign": "assignee", "ticket.team": "team", "ticket.labels": "labels",
  "ticket.category": "category", "ticket.service": "service", "ticket.title": "title",
};

/** ticketActions are what can be done to the open ticket. */
export function ticketActions(open: React.RefObject<Open>, toggleProperties: () => void): Action[] {
  const area = t("Ticket");
  const may = () => open.current.ticket.mayEdit;
  const watches = () => open.current.ticket.watchers.some((person) => person.id === open.current.me?.id);
  const does: Record<string, Pick<Action, "do" | "when">> = {
    "ticket.assignMe": { when: may, do: () => open.current.editing.patch("assignee", open.current.me?.id ?? "") },
    "ticket.resolve": { when: () => may() && resolving(open.current.ticket) !== undefined, do: () => open.current.editing.choose(resolving(open.current.ticket)!) },
    "ticket.reopen": { when: () => may() && isDoneNow(open.current.ticket), do: () => open.current.editing.choose(reopening(open.current.ticket)!) },
    "ticket.watch": { when: () => may() && open.current.me !== undefined, do: () => open.current.editing.label(watches() ? { remove: open.current.me!.id } : { add: open.current.me!.id }, "watchers") },
  };
  const edit = (id: string) => fields[id] && { when: may, do: () => open.current.editing.open(fields[id]) };
  return [
    ...ticketActs((id) => does[id] ?? edit(id)),
    { id: "ticket.log", name: t("Log time…"), label: t("log time"), area, keys: ["t"], icon: "clock", when: may, do: () => open.current.editing.show("log") },
    { id: "ticket.checklist", name: t("Add to the checklist…"), area, icon: "list-todo", when: may, do: () => open.current.editing.open("checklist") },
    { id: "ticket.site", name: t("Note what was measured on site…"), area, icon: "gauge", when: may, do: () => open.current.editing.open("actual_start") },
    { id: "ticket.merge", name: t("Merge into another ticket…"), area, icon: "merge", when: may, do: () => open.current.editing.show("merge") },
    { id: "ticket.keep", name: t("Keep on my devices, or let it go"), area, icon: "pin", do: () => open.current.editing.keep(!open.current.ticket.kept) },
    { id: "ticket.copy", name: t("Copy the number"), area, keys: ["."], icon: "copy", do: () => copyText(open.current.ticket.row.number) },
    { id: "ticket.copyTitle", name: t("Copy number and title"), area, keys: [". ."], icon: "copy", do: () => copyText(`${open.current.ticket.row.number} ${open.current.ticket.row.title}`) },
    { id: "ticket.next", name: t("Next ticket in this list"), area, keys: ["Alt+j"], hidden: true, when: () => open.current.props.onStep !== undefined, do: () => open.current.props.onStep?.(1) },
    { id: "ticket.previous", name: t("Previous ticket in this list"), area, keys: ["Alt+k"], hidden: true, when: () => open.current.props.onStep !== undefined, do: () => open.current.props.onStep?.(-1) },
    { id: "ticket.close", name: t("Back to the list"), area, keys: ["u", "Escape"], icon: "chevron-left", do: () => open.current.props.onClose() },
    { id: "ticket.properties", name: t("Show or hide the properties"), area, keys: ["Mod+\\"], icon: "panel-right", when: () => !open.current.ticket.orphan, do: toggleProperties },
    { id: "ticket.conflict", name: t("Decide the conflict"), area, icon: "split", when: () => open.current.ticket.conflicts.length > 0, do: () => open.current.props.onConflict(open.current.ticket.row.id) },
  ];
}

/** asideActions rename, close and open again the side conversations, each its own. */
export const asideActions = (open: React.RefObject<Open>, asides: Pick<AsideView, "id" | "subject" | "state">[]): Action[] => {
  const area = t("Side conversations");
  const when = () => open.current.ticket.mayEdit;
  return asides.flatMap((aside) => [
    { id: `aside.rename.${aside.id}`, name: t("Rename “{{subject}}”", { subject: aside.subject }), area, icon: "pen-line", when, do: () => open.current.editing.open(`aside.${aside.id}`) },
    { id: `aside.turn.${aside.id}`, ...turn(aside), area, when, do: () => open.current.editing.turn(aside.id) },
  ]);
};

const turn = ({ subject, state }: Pick<AsideView, "subject" | "state">): Pick<Action, "name" | "icon"> =>
  state === "open" ? { name: t("Close “{{subject}}”", { subject }), icon: "check" } : { name: t("Open “{{subject}}” again", { subject }), icon: "refresh-cw" };

const isDoneNow = (ticket: TicketView) => /resolved|closed/i.test(ticket.row.state) && reopening(ticket) !== undefined;
