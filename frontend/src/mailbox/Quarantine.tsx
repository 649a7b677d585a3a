import { useAct } from "../lib/act";
import { useActions } from "../lib/actions";
import { desk, saveFile } from "../lib/desk";
import type { MailboxesView, QuarantinedMail } from "../lib/view";
import { t } from "../lib/words";
import { arrive } from "../ui/arrive";
import { Empty } from "../ui/Empty";
import { QuarantineList } from "./QuarantineList";
import { QuarantinedMailPane } from "./QuarantinedMailPane";

interface QuarantineProps {
  view: MailboxesView;
  /** at names a mail; empty: the first. */
  at: string;
  onAt: (id: string) => void;
  onOpen: (ticketId: string) => void;
}

/** Quarantine is worked through mail by mail: each is tried again, made a ticket,
 * saved or put aside. */
export function Quarantine({ view, at, onAt, onOpen }: QuarantineProps) {
  const { mails } = view;
  const index = Math.max(0, mails.findIndex((mail) => mail.id === at));
  const mail = mails[index];
  const act = useAct();
  const move = (by: number) => {
    const next = mails[Math.max(0, Math.min(mails.length - 1, index + by))];
    if (next) onAt(next.id);
  };
  const decide = (what: string) => mail && void act.run(() => desk.mailbox.decide({ id: mail.id, act: what }), [["mailbox"], ["sync"]]);
  const may = (what: string) => () => !act.busy && (mail?.acts.includes(what) ?? false);
  useActions(() => {
    const area = t("Quarantine");
    return [
      { id: "quarantine.next", name: t("Next mail"), area, keys: ["j", "ArrowDown"], hidden: true, do: () => move(1) },
      { id: "quarantine.previous", name: t("Previous mail"), area, keys: ["k", "ArrowUp"], hidden: true, do: () => move(-1) },
      { id: "quarantine.retry", name: t("Try the mail again"), label: t("try again"), area, keys: ["r"], hint: ["r"], icon: "refresh-cw", when: may("retry"), do: () => decide("retry") },
      { id: "quarantine.ticket", name: t("Make the mail a ticket"), label: t("make a ticket"), area, keys: ["m"], hint: ["m"], icon: "plus", when: may("ticket"), do: () => decide("ticket") },
      { id: "quarantine.dismiss", name: t("Put the mail aside"), area, keys: ["d"], icon: "x", when: may("dismiss"), do: () => decide("dismiss") },
      { id: "quarantine.save", name: t("Save the mail as…"), area, keys: ["s"], icon: "arrow-down-to-line", when: () => Boolean(mail?.url), do: () => mail && void act.run(() => saveFile(fileOf(mail))) },
      { id: "quarantine.open", name: t("Open the ticket"), area, keys: ["o"], icon: "layers", when: () => Boolean(mail?.ticket.id), do: () => mail && onOpen(mail.ticket.id) },
    ];
  }, [index, mails, act.busy, act.run]);
  if (!mail) {
    return (
      <section ref={arrive} tabIndex={-1} className="pane" aria-label={t("Quarantine")}>
        <Empty said={t("Every mail became work.")} caps={["g", "q"]} does={t("opens the queues.")} />
      </section>
    );
  }
  return (
    <div className="two-panes">
      <QuarantineList mails={mails} index={index} onAt={onAt} />
      <QuarantinedMailPane key={mail.id} mail={mail} problem={act.problem?.message} mayDecide={view.mayDecide} />
    </div>
  );
}

const fileOf = (mail: QuarantinedMail) => ({ messageId: "quarantine", attachmentId: mail.id, name: mail.name, url: mail.url });
