// What a person can do in a list. Letters act on the marked rows, else on the
// row under the cursor.
import type { Action } from "../lib/actions";
import { t } from "../lib/words";

export interface ListHandle {
  move: (by: number) => void;
  moveTo: (row: number) => void;
  last: () => number;
  open: () => void;
  peek: () => void;
  openTab: () => void;
  mark: () => void;
  extend: (by: number) => void;
  clear: () => void;
  hasMarks: () => boolean;
  filter: () => void;
  show: () => void;
  hasArrived: () => boolean;
  assignToMe: () => void;
  focused: () => boolean;
}

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
    { id: "list.clear", name: t("Clear the marks"), area, keys: ["Escape"], do: list.clear, when: list.hasMarks },
    { id: "list.assign", name: t("Assign the marked tickets to me"), area, keys: ["i"], icon: "user-check", do: list.assignToMe, when: list.hasMarks },
    { id: "queue.filter", name: t("Filter this list"), area, keys: ["/"], icon: "list-filter", do: list.filter },
    { id: "queue.show", name: t("Show the new tickets"), area, do: list.show, when: list.hasArrived },
  ];
}
