// What a person can do in a list. Letters act on the marked rows, else on the
// row under the cursor.
import { type Action, outsideText, runNext } from "../lib/actions";
import { ticketActs } from "../lib/ticket_acts";
import { t } from "../lib/words";

export interface ListHandle {
  move: (by: number) => void;
  moveTo: (row: number) => void;
  last: () => number;
  current: () => string;
  open: () => void;
  peek: () => void;
  openTab: () => void;
  mark: () => void;
  extend: (by: number) => void;
  markAll: () => void;
  filter: () => void;
  show: () => void;
  /** fold folds or unfolds the group under the cursor. */
  fold: (folded: boolean) => void;
  isFolded: () => boolean;
  hasGroups: () => boolean;
  hasArrived: () => boolean;
  focused: () => boolean;
}

export type MarkedField = "assignee" | "team" | "labels" | "priority" | "resolve";

const pageStep = 12;

export function listActions(list: ListHandle): Action[] {
  const area = t("List");
  const move = (id: string, name: string, keys: string[], act: () => void, more: Partial<Action> = {}): Action => ({ id, name, area, keys, do: act, hidden: true, ...more });
  return [
    move("list.next", t("Next ticket"), ["j"], () => list.move(1), { label: t("move"), hint: ["j", "k"] }),
    move("list.previous", t("Previous ticket"), ["k"], () => list.move(-1)),
    move("list.down", t("Next ticket, in the list"), ["ArrowDown"], () => list.move(1), { keysWhen: list.focused }),
    move("list.up", t("Previous ticket, in the list"), ["ArrowUp"], () => list.move(-1), { keysWhen: list.focused }),
    move("list.pageDown", t("A page down"), ["PageDown"], () => list.move(pageStep), { keysWhen: list.focused }),
    move("list.pageUp", t("A page up"), ["PageUp"], () => list.move(-pageStep), { keysWhen: list.focused }),
    move("list.first", t("First ticket"), ["Home"], () => list.moveTo(0), { keysWhen: list.focused }),
    move("list.last", t("Last ticket"), ["End"], () => list.moveTo(list.last()), { keysWhen: list.focused }),
    move("list.open", t("Open the ticket"), ["Enter", "o"], list.open),
    move("list.peek", t("Peek: show the ticket, stay in the list"), ["Space"], list.peek, { keysWhen: list.focused }),
    { id: "list.tab", name: t("Open in a tab of its own"), area, keys: ["Mod+Enter"], do: list.openTab, keysWhen: list.focused },
    { id: "list.mark", name: t("Mark or unmark"), area, keys: ["x"], do: list.mark, label: t("mark") },
    move("list.extendDown", t("Mark downwards"), ["Shift+j", "Shift+ArrowDown"], () => list.extend(1)),
    move("list.extendUp", t("Mark upwards"), ["Shift+k", "Shift+ArrowUp"], () => list.extend(-1)),
    { id: "list.markAll", name: t("Mark all in this list"), area, keys: ["Mod+a"], icon: "check", do: list.markAll, keysWhen: outsideText },
    { id: "queue.filter", name: t("Filter this list"), area, keys: ["/"], icon: "list-filter", do: list.filter },
    { id: "list.fold", name: t("Fold the group"), area, keys: ["ArrowLeft"], icon: "chevron-right", do: () => list.fold(true), when: () => list.hasGroups() && !list.isFolded(), keysWhen: list.focused },
    { id: "list.unfold", name: t("Unfold the group"), area, keys: ["ArrowRight"], icon: "chevron-down", do: () => list.fold(false), when: list.isFolded, keysWhen: list.focused },
    { id: "queue.show", name: t("Show the new tickets"), area, do: list.show, when: list.hasArrived },
  ];
}

/** underCursor lets the letters of a ticket work in the list: they open the one
 * under the cursor, and go on there. */
export const underCursor = (list: Pick<ListHandle, "peek" | "current">): Action[] =>
  ticketActs((id) => ({
    when: () => list.current() !== "",
    do: () => {
      runNext(id);
      list.peek();
    },
  }));

export interface Marked {
  open: (field: MarkedField) => void;
  assignToMe: () => void;
  watch: () => void;
  clear: () => void;
}

/** markedActions go before those of the open ticket: what is marked is meant. */
export function markedActions(marked: Marked): Action[] {
  const area = t("Marked tickets");
  const act = (id: string, name: string, keys: string[], icon: string, run: () => void): Action => ({ id: `marked.${id}`, name, area, keys, icon, prior: true, do: run });
  return [
    act("assignMe", t("Assign to me"), ["i"], "user-check", marked.assignToMe),
    act("assign", t("Assign…"), ["a"], "user-plus", () => marked.open("assignee")),
    act("team", t("Pass to another team…"), ["Shift+a"], "users", () => marked.open("team")),
    act("labels", t("Add a label…"), ["l"], "tag", () => marked.open("labels")),
    act("priority", t("Set priority…"), ["p"], "chevron-up", () => marked.open("priority")),
    act("resolve", t("Resolve…"), ["e"], "check", () => marked.open("resolve")),
    act("watch", t("Watch"), ["w"], "eye", marked.watch),
    act("clear", t("Clear the marks"), ["Escape"], "x", marked.clear),
  ];
}
