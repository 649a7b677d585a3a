import { useState } from "react";
import { fullTime, shortTime } from "../lib/time";
import type { Entry, Person } from "../lib/view";
import { t } from "../lib/words";
import { firstName, PersonFace } from "../mark/PersonFace";
import { Ellipsis, Forward, Lock, MessagesSquare, Reply } from "../ui/icons";
import { Delivery, Problem, waits } from "./Delivery";
import { Files } from "./Files";
import { HtmlBody } from "./HtmlBody";
import { Invitation } from "./Invitation";
import { Marks } from "./Marks";

interface MessageProps {
  entry: Entry;
  requester: Person;
  ticketId: string;
  onMenu: (button: HTMLElement) => void;
  onRetry: (entry: Entry) => void;
  /** onAnswer answers the invitation of the message; missing: nobody here may. */
  onAnswer: ((entry: Entry, answer: string) => void) | undefined;
}

/** Message is what one person wrote: the requester flat on the sheet, a reply as
 * a card, a note on straw, anything not yet sent stitched. */
export function Message({ entry, requester, ticketId, onMenu, onRetry, onAnswer }: MessageProps) {
  return (
    <article tabIndex={-1} className="message" data-id={entry.id} data-kind={entry.kind} data-aside={entry.asideId || undefined} data-waiting={waits(entry)} aria-label={t("{{name}}, {{when}}", { name: entry.author.name, when: shortTime(entry.at) })}>
      <PersonFace person={entry.author} />
      <div className="min-w-0">
        <div className="message-head">
          <b className="cut">{entry.author.name || entry.author.email}</b>
          <Audience entry={entry} requester={requester} />
          <span className="grow" />
          <Delivery entry={entry} />
          <time className="message-when tabular" dateTime={entry.at} title={fullTime(entry.at)}>
            {shortTime(entry.at)}
          </time>
          <button type="button" className="message-menu" aria-haspopup="menu" aria-label={t("More about this message")} onClick={(event) => onMenu(event.currentTarget)}>
            <Ellipsis size={13} aria-hidden />
          </button>
        </div>
        <Marks marks={entry.marks} />
        {entry.invitation.standing && <Invitation meeting={entry.invitation} onAnswer={onAnswer && ((answer) => onAnswer(entry, answer))} />}
        <Body entry={entry} />
        <Problem entry={entry} onRetry={() => onRetry(entry)} />
        <Files messageId={entry.id} ticketId={ticketId} files={entry.attachments} />
      </div>
    </article>
  );
}

function Audience({ entry, requester }: { entry: Entry; requester: Person }) {
  if (entry.kind === "note") {
    return (
      <span className="message-tag">
        <Lock size={13} aria-hidden />
        <span className="cut">{t("Internal note · {{name}} can’t see this", { name: firstName(requester) })}</span>
      </span>
    );
  }
  if (entry.asideId) {
    return (
      <span className="message-tag" title={entry.aside}>
        <MessagesSquare size={13} aria-hidden />
        <span className="cut">{entry.kind === "aside" ? t("“{{subject}}” to {{to}} · {{name}} can’t see this", { subject: entry.aside, to: entry.to, name: firstName(requester) }) : t("answers “{{subject}}” · {{name}} can’t see this", { subject: entry.aside, name: firstName(requester) })}</span>
      </span>
    );
  }
  if (entry.kind === "reply") {
    return (
      <span className="message-tag" title={entry.to}>
        <Reply size={13} className="mirrored" aria-hidden />
        <span className="cut">{t("Reply to {{name}}", { name: firstName(requester) })}</span>
      </span>
    );
  }
  if (entry.kind === "forward") {
    return (
      <span className="message-tag" title={entry.to}>
        <Forward size={13} className="mirrored" aria-hidden />
        <span className="cut">{t("Forwarded to {{to}}", { to: entry.to })}</span>
      </span>
    );
  }
  return entry.to ? <span className="message-tag" title={entry.to}><span className="cut">{t("to {{to}}", { to: entry.to })}</span></span> : null;
}

function Body({ entry }: { entry: Entry }) {
  const [asSent, setAsSent] = useState(false);
  return (
    <>
      {asSent ? (
        <HtmlBody messageId={entry.id} />
      ) : (
        <div className="prose-text" dir="auto">
          {entry.text}
        </div>
      )}
      {(entry.quoted || entry.hasHtml || entry.why) && (
        <div className="message-more">
          {entry.hasHtml && (
            <button type="button" aria-pressed={asSent} onClick={() => setAsSent(!asSent)}>
              {asSent ? t("Show as text") : t("Show as sent")}
            </button>
          )}
          {entry.quoted && !asSent && (
            <details>
              <summary>{t("Quoted text")}</summary>
              <div className="prose-text text-muted" dir="auto">
                {entry.quoted}
              </div>
            </details>
          )}
          {entry.why && (
            <details>
              <summary>{t("Why it is here")}</summary>
              <p>{entry.why}</p>
            </details>
          )}
        </div>
      )}
    </>
  );
}
