import { useActions } from "../lib/actions";
import type { MailboxCard, MailboxesView } from "../lib/view";
import { age, fullTime, shortTime } from "../lib/time";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { CircleAlert } from "../ui/icons";
import { RenewSheet } from "./RenewSheet";
import { isRenewable, lasts, tone } from "./state";
import { StateGlyph } from "./StateGlyph";

interface BoxesProps {
  view: MailboxesView;
  /** renewing is the mailbox that is given another password; empty: none. */
  renewing: string;
  onRenew: (id: string) => void;
}

/** Boxes are the mailboxes, those that need a person first. */
export function Boxes({ view, renewing, onRenew }: BoxesProps) {
  const renewable = view.mailboxes.filter((box) => isRenewable(view, box));
  const first = renewable.find((box) => box.needsPerson) ?? renewable[0];
  const open = renewable.find((box) => box.id === renewing);
  useActions(
    () => [{ id: "mailbox.renew", name: t("Connect the mailbox again"), label: t("connect again"), area: t("Mailboxes"), keys: ["r"], hint: ["r"], icon: "mail", when: () => first !== undefined, do: () => first && onRenew(first.id) }],
    [first?.id],
  );
  if (view.mailboxes.length === 0) {
    return (
      <section className="pane" aria-label={t("Mailboxes")}>
        <div className="empty">
          <p>{t("No mailbox is read: tickets are made by hand until one is connected.")}</p>
        </div>
      </section>
    );
  }
  return (
    <section className="pane mailbox-pane" aria-label={t("Mailboxes")}>
      <ul className="mailbox-list">
        {view.mailboxes.map((box) => (
          <Box key={box.id} box={box} onRenew={isRenewable(view, box) ? () => onRenew(box.id) : undefined} />
        ))}
      </ul>
      {open && <RenewSheet box={open} onClose={() => onRenew("")} />}
    </section>
  );
}

function Box({ box, onRenew }: { box: MailboxCard; onRenew: (() => void) | undefined }) {
  const facts: [string, string][] = [
    [t("Looked last"), box.lastPoll ? shortTime(box.lastPoll) : t("never yet")],
    [t("Next try"), box.nextTry && shortTime(box.nextTry)],
    [t("Mails waiting"), String(box.waiting)],
    [t("Received today"), String(box.today)],
    [t("Speed"), box.rate ? t("{{rate}} mails a second", { rate: box.rate }) : ""],
    [t("Time left"), box.remaining ? lasts(box.remaining) : ""],
    [t("Server"), box.server],
    [t("Signs in with"), box.signIn === "password" ? t("a password") : box.signIn],
  ];
  return (
    <li className="mailbox" data-tone={tone(box)} aria-label={box.address}>
      <header className="mailbox-head">
        <StateGlyph tone={tone(box)} />
        <h2 className="cut" dir="auto">
          {box.address} {box.folder !== box.address && <span className="font-normal text-muted">{box.folder}</span>}
        </h2>
        <span className="mailbox-state" data-tone={tone(box)}>
          {box.stateLabel}
        </span>
        <span className="grow" />
        <time className="text-caption text-muted tabular" dateTime={box.asOf} title={fullTime(box.asOf)}>
          {t("as of {{time}}", { time: shortTime(box.asOf) })}
        </time>
      </header>
      {box.reason && (
        <div className="mailbox-problem">
          <CircleAlert size={15} aria-hidden />
          <p>
            <b>{box.wayOut}</b>
            <span className="mailbox-reason" dir="auto">
              {t("Since {{age}}: {{reason}}", { age: age(box.since), reason: box.reason })}
            </span>
          </p>
        </div>
      )}
      <dl className="mailbox-facts">
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="tabular" dir="auto">
                {value}
              </dd>
            </div>
          ))}
      </dl>
      {onRenew && (
        <div className="mailbox-acts">
          <Button size="small" onPress={onRenew}>
            {t("Connect again")}
          </Button>
        </div>
      )}
    </li>
  );
}
