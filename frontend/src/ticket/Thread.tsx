import { useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Entry, TicketView } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Changes } from "./Changes";
import { Message } from "./Message";

const painted = 30; // messages shown when a ticket opens; earlier ones on demand

/** Thread is the conversation, newest at the bottom. */
export function Thread({ ticket }: { ticket: TicketView }) {
  const entries = useMemo(() => withDescription(ticket), [ticket]);
  const [shown, setShown] = useState(painted);
  const scroller = useRef<HTMLDivElement>(null);
  // The rule stays where it was when the ticket opened, though the messages
  // below it count as seen a moment later.
  const [firstUnread] = useState(() => entries.find((entry) => entry.unread)?.id);
  const unread = firstUnread === undefined ? 0 : entries.slice(entries.findIndex((entry) => entry.id === firstUnread)).filter((entry) => entry.kind === "requester").length;
  const hidden = Math.max(0, entries.length - shown);
  useEnd(scroller, entries.length);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key
    <div className="thread" ref={scroller} tabIndex={0} role="region" aria-label={t("Conversation")}>
      <div className="thread-column">
        {hidden > 0 && (
          <Button kind="quiet" onPress={() => setShown(entries.length)}>
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
            {entry.kind === "changes" ? <Changes entry={entry} /> : <Message entry={entry} requester={ticket.requester.person} />}
          </div>
        ))}
      </div>
    </div>
  );
}

const near = 8; // px from the end that still count as being there

/** The thread opens at its first unread message, else at its end, and stays at
 * the end while the composer below it grows. */
function useEnd(scroller: React.RefObject<HTMLDivElement | null>, count: number): void {
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const rule = box.querySelector<HTMLElement>(".thread-new");
    box.scrollTop = rule && box.scrollHeight - rule.offsetTop > box.clientHeight ? rule.offsetTop - 12 : box.scrollHeight;
    const isAtEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < near;
    let atEnd = isAtEnd();
    let height = box.clientHeight;
    // A scroll heard before its resize was seen is the layout's, not the reader's.
    const follow = () => {
      if (box.clientHeight === height) atEnd = isAtEnd();
    };
    const watcher = new ResizeObserver(() => {
      height = box.clientHeight;
      if (atEnd) box.scrollTop = box.scrollHeight;
    });
    box.addEventListener("scroll", follow, { passive: true });
    watcher.observe(box);
    if (box.firstElementChild) watcher.observe(box.firstElementChild);
    return () => {
      box.removeEventListener("scroll", follow);
      watcher.disconnect();
    };
  }, [scroller, count]);
}

// A ticket written by an agent or taken by phone opens with its description;
// one that came by mail opens with the mail itself.
function withDescription(ticket: TicketView): Entry[] {
  const { description, thread, requester, row } = ticket;
  const told = description.trim();
  if (!told || thread.some((entry) => entry.kind === "requester" && entry.text.includes(told.slice(0, 60)))) return thread;
  return [
    {
      id: `${row.id}.description`, kind: "requester", author: requester.person, to: "", at: row.openedAt, text: description,
      quoted: "", hasHtml: false, attachments: [], delivery: "", problem: "", pending: false, unread: false, changes: [], why: "",
    },
    ...thread,
  ];
}
