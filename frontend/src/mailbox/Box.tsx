import { useMinute } from "../lib/minute";
import { age, fullTime, shortTime } from "../lib/time";
import type { MailboxCard } from "../lib/view";
import { t } from "../lib/words";
import { ActionButton } from "../mark/ActionButton";
import { CircleAlert, ClockAlert } from "../ui/icons";
import { lasts, tone } from "./state";
import { StateGlyph } from "./StateGlyph";

interface BoxProps {
  box: MailboxCard;
  isCurrent: boolean;
  mayConfigure: boolean;
  /** acts are the registered actions that are about this mailbox now. */
  acts: { id: string; name: string }[];
  onCurrent: () => void;
}

/** Box is a mailbox, or the mail server that answers leave by: how it does, what is
 * wrong with it, and what can be done. */
export function Box({ box, isCurrent, mayConfigure, acts, onCurrent }: BoxProps) {
  useMinute();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events -- j and k do the same
    <li className="mailbox" data-tone={tone(box)} aria-current={isCurrent} aria-label={box.sends ? t("Answers of {{address}}", { address: box.address }) : box.address} onClick={onCurrent}>
      <header className="mailbox-head">
        <StateGlyph tone={tone(box)} />
        <h2 className="cut" dir="auto">
          {box.address} <span className="font-normal text-muted">{box.sends ? t("answers") : box.folder !== box.address && box.folder}</span>
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
              {t("For {{age}}: {{reason}}", { age: age(box.since), reason: box.reason })}
            </span>
          </p>
        </div>
      )}
      {box.holds && (
        <div className="mailbox-problem">
          <ClockAlert size={15} aria-hidden />
          <p>{box.holds}</p>
        </div>
      )}
      <dl className="mailbox-facts">
        {facts(box).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="tabular" dir="auto">
              {value}
            </dd>
          </div>
        ))}
      </dl>
      {mayConfigure && !box.stored && <p className="mailbox-note">{t("Named in the hub’s configuration, and changed there.")}</p>}
      {acts.length > 0 && (
        <div className="mailbox-acts">
          {acts.map(({ id, name }) => (
            <ActionButton key={id} id={id} kind={id === "mailbox.renew" ? "secondary" : "quiet"}>
              {name}
            </ActionButton>
          ))}
        </div>
      )}
    </li>
  );
}

function facts(box: MailboxCard): [string, string][] {
  const signIn = box.signIn === "password" ? t("a password") : box.signIn;
  const all: [string, string][] = box.sends
    ? [
        [t("Took one last"), box.lastPoll && shortTime(box.lastPoll)],
        [t("Next try"), box.nextTry && shortTime(box.nextTry)],
        [t("Answers waiting"), String(box.waiting)],
        [t("Mails at most"), box.most],
      ]
    : [
        [t("Looked last"), box.lastPoll ? shortTime(box.lastPoll) : t("never yet")],
        [t("Next try"), box.nextTry && shortTime(box.nextTry)],
        [t("Mails waiting"), String(box.waiting)],
        [t("Received today"), String(box.today)],
        [t("Speed"), box.rate ? t("{{rate}} mails a second", { rate: box.rate }) : ""],
        [t("Time left"), box.remaining ? lasts(box.remaining) : ""],
      ];
  const both: [string, string][] = [...all, [t("Server"), box.server], [t("Signs in with"), signIn]];
  return both.filter(([, value]) => value);
}
