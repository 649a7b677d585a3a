import { useActions } from "../lib/actions";
import { toDeskError } from "../lib/backend";
import { useMailboxes } from "../lib/query";
import { go, paths } from "../lib/route";
import { shortTime } from "../lib/time";
import { t } from "../lib/words";
import { arrive } from "../ui/arrive";
import { Empty } from "../ui/Empty";
import { Problem } from "../ui/Problem";
import { Boxes } from "./Boxes";
import "./mailbox.css";
import { Quarantine } from "./Quarantine";
import { Rules } from "./Rules";

interface MailboxScreenProps {
  /** at is the part of the screen and what in it: "", "quarantine", "quarantine/<id>", "rules",
   * "new", or what is done to a mailbox: "connect/<id>", "change/<id>", "remove/<id>". */
  at: string;
  onOpen: (ticketId: string) => void;
}

const parts = () => [
  { id: "", name: t("Mailboxes"), key: "1" },
  { id: "quarantine", name: t("Quarantine"), key: "2" },
  { id: "rules", name: t("Rules"), key: "3" },
];

const overList = ["connect", "new", "change", "remove"];

/** MailboxScreen is where a lead sees how mail comes in, and what could not. */
export function MailboxScreen({ at, onOpen }: MailboxScreenProps) {
  const { data, error, refetch } = useMailboxes();
  const [part = "", item = ""] = at.split("/");
  useActions(() => parts().map(({ id, name, key }) => ({ id: `mailbox.part.${id || "all"}`, name, area: t("Mailboxes"), keys: [key], icon: "mail", do: () => go(paths.mailboxes(id), true) })), []);
  if (error && !data) return <section className="pane p-16"><Problem message={toDeskError(error).message} retryLabel={t("Try again")} onRetry={() => void refetch()} /></section>;
  if (!data) return <section className="pane" aria-busy />;
  if (!data.seen) {
    return (
      <section ref={arrive} tabIndex={-1} className="pane" aria-label={t("Mailboxes")}>
        <Empty said={t("The mailboxes are for leads and admins.")} caps={["g", "q"]} does={t("opens the queues.")} />
      </section>
    );
  }
  const count: Record<string, number> = { "": data.mailboxes.filter((box) => !box.sends).length, quarantine: data.mails.filter((mail) => mail.state === "quarantined").length };
  return (
    <div className="mailboxes">
      <nav className="mailbox-parts" aria-label={t("Parts of the mailboxes")}>
        {parts().map(({ id, name }) => (
          <a key={id} href={`#${paths.mailboxes(id)}`} aria-current={id === (overList.includes(part) ? "" : part) ? "page" : undefined}>
            {name} <span className="text-muted tabular">{count[id]}</span>
          </a>
        ))}
        <span className="grow" />
        <span className="text-caption text-muted tabular">{data.completeUpTo && t("as of {{time}}", { time: shortTime(data.completeUpTo) })}</span>
      </nav>
      {part === "rules" && <Rules />}
      {part === "quarantine" && <Quarantine view={data} at={item} onAt={(id) => go(paths.mailboxes(`quarantine/${id}`), true)} onOpen={onOpen} />}
      {(part === "" || overList.includes(part)) && <Boxes view={data} part={part} item={item} />}
    </div>
  );
}
