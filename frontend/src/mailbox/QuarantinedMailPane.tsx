import { byteSize, fullTime, shortTime } from "../lib/time";
import type { QuarantinedMail } from "../lib/view";
import { t } from "../lib/words";
import { ActionButton } from "../mark/ActionButton";
import { Badge } from "../mark/Badges";
import { arrive } from "../ui/arrive";
import { CircleAlert } from "../ui/icons";
import { Problem } from "../ui/Problem";

const kept: Record<string, () => string> = {
  beginning: () => t("Only its beginning was fetched."),
  nothing: () => t("The mail server could not hand it over."),
};

/** QuarantinedMailPane is one mail: why nothing was made of it, what can be read
 * of it, and the ways on. */
export function QuarantinedMailPane({ mail, problem, mayDecide }: { mail: QuarantinedMail; problem: string | undefined; mayDecide: boolean }) {
  return (
    <section className="pane" aria-label={mail.subject || t("Without a subject")}>
      <header className="detail-head">
        <div className="text-caption text-muted">
          {mail.mailbox} · {byteSize(mail.size)} ·{" "}
          <time dateTime={mail.receivedAt} title={fullTime(mail.receivedAt)}>
            {shortTime(mail.receivedAt)}
          </time>
        </div>
        <h1 dir="auto">{mail.subject || t("Without a subject")}</h1>
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- text that scrolls must be reachable by key */}
      <div ref={arrive} className="detail-body detail-narrow" tabIndex={0}>
        <Standing mail={mail} />
        <div className="quarantine-acts">
          {mail.acts.includes("ticket") && <ActionButton id="quarantine.ticket" kind="primary">{t("Make it a ticket")}</ActionButton>}
          {mail.acts.includes("retry") && <ActionButton id="quarantine.retry">{t("Try again")}</ActionButton>}
          {mail.url && <ActionButton id="quarantine.save">{t("Save as…")}</ActionButton>}
          {mail.acts.includes("dismiss") && <ActionButton id="quarantine.dismiss" kind="quiet">{t("Put aside")}</ActionButton>}
          {mail.ticket.id && <ActionButton id="quarantine.open">{t("Open {{number}}", { number: mail.ticket.number || t("the ticket") })}</ActionButton>}
        </div>
        {!mayDecide && mail.state === "quarantined" && <p className="text-muted">{t("A lead or an admin decides about it.")}</p>}
        {problem && <Problem message={problem} copyLabel={t("Copy details")} />}
        {mail.head.length > 0 && <Head mail={mail} />}
      </div>
    </section>
  );
}

function Standing({ mail }: { mail: QuarantinedMail }) {
  const facts = [mail.state === "quarantined" ? t("{{count}} tries", { count: mail.tries }) : mail.stateLabel, mail.by.id && t("decided by {{name}}", { name: mail.by.name }), kept[mail.part]?.()];
  return (
    <div className="quarantine-why" data-pending={mail.pending}>
      {mail.pending ? <Badge kind="pending" /> : <CircleAlert size={15} aria-hidden />}
      <div>
        <p dir="auto">{mail.reason}</p>
        <p className="text-caption text-muted">{[...facts, mail.pending && t("Waiting to send")].filter(Boolean).join(" · ")}</p>
      </div>
    </div>
  );
}

function Head({ mail }: { mail: QuarantinedMail }) {
  return (
    <section aria-labelledby="quarantine-header">
      <h2 id="quarantine-header" className="field-label mb-6">{t("What can be read of its header")}</h2>
      <dl className="quarantine-header">
        {mail.head.map((line, at) => (
          <div key={at}>
            <dt>{line.name}</dt>
            <dd dir="auto">{line.value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
