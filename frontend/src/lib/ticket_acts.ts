// What can be done to a ticket wherever it is in sight: at once where it is open,
// in a list by opening the one under the cursor first. Written down once, so that
// a letter means the same in both.
import type { Action } from "./actions";
import { t } from "./words";

type Told = Pick<Action, "id" | "name" | "area" | "keys" | "icon" | "label" | "hint">;

const told = (): Told[] => {
  const area = t("Ticket");
  const writing = t("Writing");
  return [
    { id: "compose.reply", name: t("Reply"), label: t("reply"), area: writing, keys: ["r"], hint: ["r"], icon: "reply" },
    { id: "compose.replyAll", name: t("Reply to all"), label: t("reply all"), area: writing, keys: ["Shift+r"], icon: "reply" },
    { id: "compose.forward", name: t("Forward…"), label: t("forward"), area: writing, keys: ["f"], icon: "forward" },
    { id: "compose.note", name: t("Internal note"), label: t("note"), area: writing, keys: ["n"], hint: ["n"], icon: "lock" },
    { id: "compose.aside", name: t("Ask somebody else, in a side conversation…"), label: t("ask aside"), area: writing, keys: ["b"], icon: "messages-square" },
    { id: "ticket.state", name: t("Set state…"), area, keys: ["s"], icon: "circle" },
    { id: "ticket.priority", name: t("Set priority…"), area, keys: ["p"], icon: "chevron-up" },
    { id: "ticket.assign", name: t("Assign…"), area, keys: ["a"], icon: "user-plus" },
    { id: "ticket.assignMe", name: t("Assign to me"), area, keys: ["i"], icon: "user-check" },
    { id: "ticket.team", name: t("Pass to another team…"), area, keys: ["Shift+a"], icon: "users" },
    { id: "ticket.labels", name: t("Labels…"), area, keys: ["l"], icon: "tag" },
    { id: "ticket.category", name: t("Set category…"), area, keys: [], icon: "list-filter" },
    { id: "ticket.service", name: t("Set service…"), area, keys: [], icon: "layers" },
    { id: "ticket.title", name: t("Change the title"), area, keys: [], icon: "pen-line" },
    { id: "ticket.resolve", name: t("Resolve…"), area, keys: ["e"], label: t("resolve"), hint: ["e"], icon: "check" },
    { id: "ticket.reopen", name: t("Reopen"), area, keys: ["Shift+e"], icon: "refresh-cw" },
    { id: "ticket.watch", name: t("Watch or stop watching"), area, keys: ["w"], icon: "eye" },
  ];
};

type Does = Pick<Action, "do" | "when">;

/** ticketActs joins each act with what does it here. */
export const ticketActs = (does: (id: string) => Does | undefined): Action[] =>
  told().flatMap((act) => {
    const here = does(act.id);
    return here ? [{ ...act, ...here }] : [];
  });
