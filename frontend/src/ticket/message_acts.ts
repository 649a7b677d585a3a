// What can be done with one message: the one that has, or last had, the focus;
// before any had it, the newest.
import { type FocusEvent, useRef, useState } from "react";
import { type Action, run, useActions } from "../lib/actions";
import { desk } from "../lib/desk";
import { signal } from "../lib/query";
import type { Entry, TicketView } from "../lib/view";
import { t } from "../lib/words";

/** MessageSheet is a sheet about a message. */
export type MessageSheet = "details";

export interface MessageActs {
  /** watch notes which message the focus is in. */
  watch: (event: FocusEvent) => void;
  /** retry has a reply sent now, or once more. */
  retry: (entry: Entry) => void;
  openMenu: (button: HTMLElement) => void;
  closeMenu: () => void;
  /** menu is the button whose menu is open. */
  menu: HTMLElement | undefined;
  /** offered are the ids of the acts that the current message allows. */
  offered: () => string[];
  asked: { sheet: MessageSheet; entry: Entry } | undefined;
  close: () => void;
}

const messageOf = (target: EventTarget | null) => (target instanceof Element ? target.closest<HTMLElement>(".message")?.dataset.id : undefined);

/** hasMail tells a message from what only the page made of a description. */
const isStored = (entry: Entry) => entry.kind !== "changes" && !entry.id.endsWith(".description");

export function useMessageActs(ticket: TicketView): MessageActs {
  const current = useRef<string>(undefined);
  const [menu, setMenu] = useState<HTMLElement>();
  const [asked, setAsked] = useState<MessageActs["asked"]>();
  const latest = useRef(ticket);
  latest.current = ticket;
  const entry = () => {
    const messages = latest.current.thread.filter(isStored);
    return messages.find(({ id }) => id === current.current) ?? messages.at(-1);
  };
  const retry = (reply: Entry) => {
    current.current = reply.id;
    run("message.retry");
  };
  const actions = () => messageActions(entry, (sheet) => setAsked(entry() && { sheet, entry: entry()! }), () => latest.current.row.id);
  useActions(actions, []);
  return {
    watch: (event) => (current.current = messageOf(event.target) ?? current.current),
    retry,
    openMenu: (button) => {
      current.current = messageOf(button);
      setMenu(button);
    },
    closeMenu: () => setMenu(undefined),
    menu,
    offered: () => actions().filter((action) => action.when?.() ?? true).map(({ id }) => id),
    asked,
    close: () => setAsked(undefined),
  };
}

/** send lets Go judge; what it refuses stands in the tray, and the message is read
 * anew. */
const send = (ticketId: string, messageId: string) =>
  desk.ticket.retry({ ticketId, messageId }).finally(() => {
    signal("ticket", ticketId);
    signal("sync");
  });

function messageActions(entry: () => Entry | undefined, show: (sheet: MessageSheet) => void, ticketId: () => string): Action[] {
  const area = t("Message");
  return [
    { id: "message.details", name: t("Why it is here, headers and source"), area, keys: ["v"], icon: "file-text", when: () => entry() !== undefined, do: () => show("details") },
    { id: "message.retry", name: t("Send the reply now, or once more"), area, keys: ["Shift+s"], icon: "refresh-cw", when: () => entry()?.mayRetry ?? false, do: () => void send(ticketId(), entry()!.id) },
  ];
}
