// What can be done with one message: the one that has, or last had, the focus;
// before any had it, the newest.
import { type FocusEvent, useRef, useState } from "react";
import { useAct } from "../lib/act";
import { type Action, run, useActions } from "../lib/actions";
import type { DeskError } from "../lib/backend";
import { accepting, carryOut, type Change, taking } from "../lib/change";
import { isDescription } from "../lib/description";
import { desk } from "../lib/desk";
import { signal } from "../lib/query";
import type { Entry, TicketView } from "../lib/view";
import { t } from "../lib/words";
import { firstWords } from "./first_words";

/** MessageSheet is a sheet about a message. */
export type MessageSheet = "details" | "move" | "split";

export interface MessageActs {
  /** watch notes which message the focus is in. */
  watch: (event: FocusEvent) => void;
  /** retry has a reply sent now, or once more. */
  retry: (entry: Entry) => void;
  /** answer tells who called the meeting of a message. */
  answer: (entry: Entry, answer: string) => void;
  openMenu: (button: HTMLElement) => void;
  closeMenu: () => void;
  /** menu is the button whose menu is open. */
  menu: HTMLElement | undefined;
  /** offered are the ids of the acts that the current message allows. */
  offered: () => string[];
  asked: { sheet: MessageSheet; entry: Entry } | undefined;
  close: () => void;
  problem: DeskError | undefined;
  forget: () => void;
}

const messageOf = (target: EventTarget | null) => (target instanceof Element ? target.closest<HTMLElement>(".message")?.dataset.id : undefined);

/** isStored tells a message from what only the page made of a description. */
const isStored = (entry: Entry) => entry.kind !== "changes" && !isDescription(entry.id);

export function useMessageActs(ticket: TicketView): MessageActs {
  const current = useRef<string>(undefined);
  const [menu, setMenu] = useState<HTMLElement>();
  const [asked, setAsked] = useState<MessageActs["asked"]>();
  const act = useAct();
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
  const answer = (invitation: Entry, said: string) => {
    current.current = invitation.id;
    run(`message.meeting.${said}`);
  };
  const actions = () =>
    messageActions({
      entry,
      ticket: () => latest.current,
      show: (sheet) => setAsked(entry() && { sheet, entry: entry()! }),
      change: (change) => void act.run(() => carryOut([change])),
      attend: (said) => void act.run(() => desk.ticket.answerMeeting({ ticketId: latest.current.row.id, messageId: entry()!.id, answer: said }), [["ticket", latest.current.row.id], ["sync"]]),
    });
  useActions(actions, [ticket.asides]);
  return {
    watch: (event) => (current.current = messageOf(event.target) ?? current.current),
    retry,
    answer,
    openMenu: (button) => {
      current.current = messageOf(button);
      setMenu(button);
    },
    closeMenu: () => setMenu(undefined),
    menu,
    offered: () => actions().filter((action) => action.when?.() ?? true).map(({ id }) => id),
    asked,
    close: () => setAsked(undefined),
    problem: act.problem,
    forget: act.forget,
  };
}

/** send lets Go judge; what it refuses stands in the tray, and the message is read
 * anew. */
const send = (ticketId: string, messageId: string) =>
  desk.ticket.retry({ ticketId, messageId }).finally(() => {
    signal("ticket", ticketId);
    signal("sync");
  });

/** subjectOf is what a side conversation is called that begins with a mail. */
const subjectOf = (entry: Entry, ticket: TicketView) => firstWords(entry.text, 80) || ticket.row.title;

interface At {
  entry: () => Entry | undefined;
  ticket: () => TicketView;
  show: (sheet: MessageSheet) => void;
  change: (change: Change) => void;
  attend: (answer: string) => void;
}

function messageActions({ entry, ticket, show, change, attend }: At): Action[] {
  const area = t("Message");
  const may = (allows: (one: Entry) => boolean) => () => {
    const one = entry();
    return one !== undefined && ticket().mayEdit && allows(one);
  };
  const asks = may((one) => one.invitation.mayAnswer);
  const accept = (on: boolean) => change(accepting(ticket(), entry()!.id, on));
  return [
    { id: "message.details", name: t("Why it is here, headers and source"), area, keys: ["v"], icon: "file-text", when: () => entry() !== undefined, do: () => show("details") },
    { id: "message.retry", name: t("Send the reply now, or once more"), area, keys: ["Shift+s"], icon: "refresh-cw", when: () => entry()?.mayRetry ?? false, do: () => void send(ticket().row.id, entry()!.id) },
    { id: "message.move", name: t("Move the message to another ticket…"), area, keys: ["Shift+m"], icon: "merge", when: may((one) => one.movable), do: () => show("move") },
    { id: "message.split", name: t("Split it into a ticket of its own…"), area, keys: ["Shift+d"], icon: "split", when: may((one) => one.movable), do: () => show("split") },
    { id: "message.accept", name: t("Accept the message and its sender"), area, icon: "user-check", when: may((one) => one.suspect), do: () => accept(true) },
    { id: "message.meeting.accepted", name: t("Accept the invitation"), area, icon: "check", when: asks, do: () => attend("accepted") },
    { id: "message.meeting.tentative", name: t("Answer that we may come"), area, icon: "clock", when: asks, do: () => attend("tentative") },
    { id: "message.meeting.declined", name: t("Decline the invitation"), area, icon: "x", when: asks, do: () => attend("declined") },
    { id: "message.aside", name: t("Put it into a new side conversation"), area, icon: "messages-square", when: may((one) => one.takeable), do: () => change(taking(ticket(), entry()!, { asideId: "", subject: subjectOf(entry()!, ticket()) })) },
    ...ticket().asides.map(({ id, subject }) => ({ id: `message.aside.${id}`, name: t("Put it into “{{subject}}”", { subject }), area, icon: "messages-square", when: may((one) => one.takeable && one.asideId !== id), do: () => change(taking(ticket(), entry()!, { asideId: id, subject: "" })) })),
    { id: "message.requester", name: t("Put it into the conversation with the requester"), area, icon: "reply", when: may((one) => one.takeable && one.asideId !== ""), do: () => change(taking(ticket(), entry()!, { asideId: "", subject: "" })) },
    { id: "message.hold", name: t("Hold the message for agents again"), area, icon: "lock", when: may((one) => one.accepted), do: () => accept(false) },
  ];
}
