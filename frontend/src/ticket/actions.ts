import type { Action } from "../lib/actions";
import type { Person, TicketView } from "../lib/view";
import { t } from "../lib/words";
import { copyText } from "../ui/clipboard";
import type { Editing } from "./editing";
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

/** ticketActions are what can be done to the open ticket. */
export function ticketActions(open: React.RefObject<Open>, toggleProperties: () => void): Action[] {
  const area = t("Ticket");
  const may = () => open.current.ticket.mayEdit;
  const field = (id: string, name: string, keys: string[], which: Parameters<Editing["open"]>[0], icon: string): Action => ({
    id, name, area, keys, icon, when: may, do: () => open.current.editing.open(which),
  });
  const watches = () => open.current.ticket.watchers.some((person) => person.id === open.current.me?.id);
  return [
    field("ticket.state", t("Set state…"), ["s"], "state", "circle"),
    field("ticket.priority", t("Set priority…"), ["p"], "priority", "chevron-up"),
    field("ticket.assign", t("Assign…"), ["a"], "assignee", "user-plus"),
    { id: "ticket.assignMe", name: t("Assign to me"), area, keys: ["i"], icon: "user-check", when: may, do: () => open.current.editing.patch("assignee", open.current.me?.id ?? "") },
    field("ticket.team", t("Pass to another team…"), ["Shift+a"], "team", "users"),
    field("ticket.labels", t("Labels…"), ["l"], "labels", "tag"),
    field("ticket.category", t("Set category…"), [], "category", "list-filter"),
    field("ticket.service", t("Set service…"), [], "service", "layers"),
    field("ticket.title", t("Change the title"), [], "title", "pen-line"),
    { id: "ticket.resolve", name: t("Resolve…"), area, keys: ["e"], label: t("resolve"), hint: ["e"], icon: "check", when: () => may() && resolving(open.current.ticket) !== undefined, do: () => open.current.editing.choose(resolving(open.current.ticket)!) },
    { id: "ticket.reopen", name: t("Reopen"), area, keys: ["Shift+e"], icon: "refresh-cw", when: () => may() && isDoneNow(open.current.ticket), do: () => open.current.editing.choose(reopening(open.current.ticket)!) },
    { id: "ticket.watch", name: t("Watch or stop watching"), area, keys: ["w"], icon: "eye", when: () => may() && open.current.me !== undefined, do: () => open.current.editing.label(watches() ? { remove: open.current.me!.id } : { add: open.current.me!.id }, "watchers") },
    { id: "ticket.copy", name: t("Copy the number"), area, keys: ["."], icon: "copy", do: () => copyText(open.current.ticket.row.number) },
    { id: "ticket.next", name: t("Next ticket in this list"), area, keys: ["Alt+j"], hidden: true, when: () => open.current.props.onStep !== undefined, do: () => open.current.props.onStep?.(1) },
    { id: "ticket.previous", name: t("Previous ticket in this list"), area, keys: ["Alt+k"], hidden: true, when: () => open.current.props.onStep !== undefined, do: () => open.current.props.onStep?.(-1) },
    { id: "ticket.close", name: t("Back to the list"), area, keys: ["u", "Escape"], icon: "chevron-left", do: () => open.current.props.onClose() },
    { id: "ticket.properties", name: t("Show or hide the properties"), area, keys: ["Mod+\\"], icon: "panel-right", do: toggleProperties },
    { id: "ticket.conflict", name: t("Decide the conflict"), area, icon: "split", when: () => open.current.ticket.conflicts.length > 0, do: () => open.current.props.onConflict(open.current.ticket.row.id) },
  ];
}

const isDoneNow = (ticket: TicketView) => /resolved|closed/i.test(ticket.row.state) && reopening(ticket) !== undefined;
