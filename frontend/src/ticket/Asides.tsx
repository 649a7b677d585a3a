import { useRef } from "react";
import { flushSync } from "react-dom";
import { run } from "../lib/actions";
import { shortTime } from "../lib/time";
import type { AsideView, TicketView } from "../lib/view";
import { t } from "../lib/words";
import { ActionButton, ActionIcon } from "../mark/ActionButton";
import { Badge } from "../mark/Badges";
import { Check, CircleAlert, MessagesSquare, PenLine, RefreshCw } from "../ui/icons";
import type { Editing } from "./editing";
import { Words } from "./Words";

/** Asides lists what is asked of third parties beside the requester: with whom,
 * the last word, and whether somebody waits for one. */
export function Asides({ ticket, editing }: { ticket: TicketView; editing: Editing }) {
  const { asides, mayEdit } = ticket;
  if (asides.length === 0) return null;
  return (
    <div className="properties-section">
      <h3>{t("Side conversations")}</h3>
      <ul className="asides">
        {asides.map((aside) => (
          <Line key={aside.id} aside={aside} editing={editing} mayEdit={mayEdit} />
        ))}
      </ul>
      <ActionButton id="compose.aside" kind="quiet">
        {t("Ask somebody else…")}
      </ActionButton>
    </div>
  );
}

function Line({ aside, editing, mayEdit }: { aside: AsideView; editing: Editing; mayEdit: boolean }) {
  const field = `aside.${aside.id}` as const;
  const line = useRef<HTMLLIElement>(null);
  const rename = (subject: string, began: string) => {
    flushSync(() => editing.open(undefined));
    line.current?.querySelector<HTMLElement>(".icon-button:last-child")?.focus();
    if (subject && subject !== began) editing.patch(field, subject, { began });
  };
  if (editing.field === field) {
    return (
      <li ref={line}>
        <Words label={t("Subject")} start={aside.subject} onDone={rename} />
      </li>
    );
  }
  return (
    <li ref={line} data-stitched={aside.pending || editing.isPending(field)} data-state={aside.state}>
      <button type="button" className="aside-line" disabled={!mayEdit} onClick={() => run(`aside.${aside.id}`)}>
        <MessagesSquare size={15} aria-hidden />
        <span className="aside-words">
          <span className="aside-subject cut" data-unread={aside.unread} dir="auto" title={aside.subject}>
            {aside.unread && <span className="aside-dot" role="img" aria-label={t("unread")} />}
            {aside.subject}
          </span>
          <span className="aside-last cut" dir="auto">
            {aside.people} · {stands(aside)}
          </span>
          <span className="aside-last cut" dir="auto" title={aside.last}>
            {aside.lastBy}: {aside.last}
          </span>
        </span>
        {aside.pending && <Badge kind="pending" />}
        {aside.problem && <CircleAlert size={13} role="img" aria-label={aside.problem} />}
      </button>
      {mayEdit && (
        <>
          <ActionIcon id={`aside.turn.${aside.id}`} size="small">
            {aside.state === "open" ? <Check size={13} aria-hidden /> : <RefreshCw size={13} aria-hidden />}
          </ActionIcon>
          <ActionIcon id={`aside.rename.${aside.id}`} size="small">
            <PenLine size={13} aria-hidden />
          </ActionIcon>
        </>
      )}
    </li>
  );
}

function stands({ state, awaits, lastAt }: AsideView): string {
  if (state === "closed") return t("closed");
  return awaits ? t("answered, {{when}}", { when: shortTime(lastAt) }) : t("asked, {{when}}", { when: shortTime(lastAt) });
}
