import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { useActions } from "../lib/actions";
import { descriptionOf } from "../lib/description";
import { useSession } from "../lib/query";
import type { Entry, TicketView } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Changes } from "./Changes";
import { Message } from "./Message";
import { MessageMenu } from "./MessageMenu";
import { MessageSheets } from "./MessageSheets";
import { useMessageActs } from "./message_acts";
import { readingActions } from "./reading";

const painted = 30; // messages shown when a ticket opens; earlier ones on demand

/** Thread is the conversation, newest at the bottom. */
export function Thread({ ticket }: { ticket: TicketView }) {
  const entries = useMemo(() => withDescription(ticket), [ticket]);
  const [shown, setShown] = useState(painted);
  const scroller = useRef<HTMLDivElement>(null);
  // The rule stays where it was when the ticket opened, though the messages
  // below it count as seen a moment later.
  const [firstUnread] = useState(() => entries.find((entry) => entry.unread)?.id);
  const unread = firstUnread === undefined ? 0 : entries.slice(entries.findIndex((entry) => entry.id === firstUnread)).filter((entry) => entry.kind === "requester" || entry.kind === "answer").length;
  const hidden = Math.max(0, entries.length - shown);
  useActions(() => readingActions(() => scroller.current, () => setShown(Infinity)), []);
  const me = useSession().data?.user.id;
  const acts = useMessageActs(ticket);
  useEnd(scroller, entries.findLast((entry) => ["reply", "note", "aside"].includes(entry.kind) && entry.author.id === me)?.id);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- a scrolling region must be reachable by key; it notes where the focus is
    <div className="thread" ref={scroller} tabIndex={0} role="region" aria-label={t("Conversation")} onFocus={acts.watch}>
      <div className="thread-column">
        {hidden > 0 && (
          <Button kind="quiet" onPress={() => setShown(Infinity)}>
            {t("{{count}} earlier", { count: hidden })}
          </Button>
        )}
        {entries.slice(hidden).map((entry) => (
          <div key={entry.id} className="contents">
            {entry.id === firstUnread && (
              <div className="thread-new">
                <bdi>{t("{{count}} new", { count: unread })}</bdi>
              </div>
            )}
            {entry.kind === "changes" ? <Changes entry={entry} /> : <Message entry={entry} requester={ticket.requester.person} ticketId={ticket.row.id} onMenu={acts.openMenu} onRetry={acts.retry} onAnswer={ticket.mayEdit ? acts.answer : undefined} />}
          </div>
        ))}
      </div>
      <MessageMenu acts={acts} />
      <MessageSheets ticket={ticket} acts={acts} />
    </div>
  );
}

const near = 8; // px from the end that still count as being there

/** The thread opens at its first unread message, else at its end. A reader who is
 * at the end stays there while messages arrive and the composer grows; one who
 * reads further up is left alone, but for what they wrote themselves. */
function useEnd(scroller: React.RefObject<HTMLDivElement | null>, written: string | undefined): void {
  const before = useRef<string>(undefined);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const rule = box.querySelector<HTMLElement>(".thread-new");
    box.scrollTop = rule && box.scrollHeight - rule.offsetTop > box.clientHeight ? rule.offsetTop - 12 : box.scrollHeight;
    return follow(box);
  }, [scroller]);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box && before.current !== undefined && written !== before.current) box.scrollTop = box.scrollHeight;
    before.current = written ?? "";
  }, [scroller, written]);
}

function follow(box: HTMLElement): () => void {
  const isAtEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < near;
  const sizes = () => `${box.clientHeight} ${box.scrollHeight}`;
  let atEnd = isAtEnd();
  let known = sizes();
  // A scroll heard before its resize was seen is the layout's, not the reader's.
  const hear = () => {
    if (sizes() === known) atEnd = isAtEnd();
  };
  const watcher = new ResizeObserver(() => {
    known = sizes();
    if (atEnd) box.scrollTop = box.scrollHeight;
  });
  box.addEventListener("scroll", hear, { passive: true });
  watcher.observe(box);
  if (box.firstElementChild) watcher.observe(box.firstElementChild);
  return () => {
    box.removeEventListener("scroll", hear);
    watcher.disconnect();
  };
}

const never = { start: "", end: "", allDay: false };
const noMeeting = { standing: "", title: "", place: "", when: never, occurrence: never, repeats: "", organizer: "", attendees: [], moved: never, movedPlace: "", answer: "", mayAnswer: false, answered: "" };

// A ticket written by an agent or taken by phone opens with its description;
// one that came by mail opens with the mail itself.
function withDescription(ticket: TicketView): Entry[] {
  const { description, thread, requester, row } = ticket;
  const told = description.trim();
  if (!told || thread.some((entry) => entry.kind === "requester" && entry.text.includes(told.slice(0, 60)))) return thread;
  return [
    {
      id: descriptionOf(row.id), kind: "requester", author: requester.person, to: "", at: row.openedAt, text: description,
      quoted: "", hasHtml: false, attachments: [], delivery: "", problem: "", nextTry: "", tries: 0, mayRetry: false, pending: false, unread: false, changes: [], why: "", marks: [], suspect: false, accepted: false, movable: false, invitation: noMeeting, asideId: "", aside: "", takeable: false,
    },
    ...thread,
  ];
}
