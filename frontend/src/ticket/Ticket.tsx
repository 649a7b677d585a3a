import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { toDeskError } from "../lib/backend";
import { useActions } from "../lib/actions";
import { useAttending } from "../lib/attend";
import { desk } from "../lib/desk";
import { useSession, useTicket } from "../lib/query";
import type { AsideView, TicketView } from "../lib/view";
import { t } from "../lib/words";
import { Problem } from "../ui/Problem";
import { asideActions, ticketActions } from "./actions";
import { ConflictBanner } from "./ConflictBanner";
import { type FieldName, useEditing } from "./editing";
import { LogSheet } from "./LogSheet";
import { MergedBanner } from "./MergedBanner";
import { MergeSheet } from "./MergeSheet";
import { Missing } from "./Missing";
import { MoveSheet } from "./MoveSheet";
import { usePlacement } from "./placement";
import { Properties } from "./Properties";
import { Thread } from "./Thread";
import "./thread.css";
import "./ticket.css";
import { TicketHead } from "./TicketHead";

export interface TicketProps {
  id: string;
  /** focus asks the pane to take the keyboard when it opens. */
  focus: boolean;
  position?: { index: number; total: number };
  onStep?: (by: number) => void;
  onClose: () => void;
  onConflict: (ticketId: string) => void;
  onOpen: (ticketId: string) => void;
  composer: (ticket: TicketView) => ReactNode;
}

/** Ticket is one ticket: its head, its thread, the composer the shell hands in,
 * and its properties, all edited in place. */
export function Ticket(props: TicketProps) {
  const { data, error, refetch } = useTicket(props.id);
  if (error && !data) return <Missing problem={toDeskError(error)} onRetry={() => void refetch()} />;
  return data ? <TicketBody key={data.row.id} {...props} ticket={data} /> : <section className="pane" aria-label={t("Ticket")} aria-busy />;
}

function TicketBody(props: TicketProps & { ticket: TicketView }) {
  const { ticket, onStep, position } = props;
  const [field, setField] = useState<FieldName | undefined>();
  const { overlaid, shown, show: setPropsShown } = usePlacement();
  const propsShown = shown && !ticket.orphan; // of one that left nothing is known but its words
  // The fields stand in the properties, all but the title; where those lie over
  // the thread, they come for as long as the field is open.
  const lent = useRef(false);
  const open = useCallback((next: FieldName | undefined) => {
    if (next && next !== "title" && !propsShown) {
      lent.current = overlaid;
      setPropsShown(true);
    }
    if (!next && lent.current) {
      lent.current = false;
      setPropsShown(false);
    }
    setField(next);
  }, [overlaid, propsShown, setPropsShown]);
  const editing = useEditing(ticket, field, open);
  const me = useSession().data?.user;
  const pane = useRef<HTMLElement>(null);
  useSeen(ticket);
  useAttending(ticket.row.id, "viewing");
  useAttending(ticket.row.id, "editing", field !== undefined);
  useEffect(() => {
    if (props.focus) pane.current?.focus({ preventScroll: true });
  }, [props.focus]);
  const latest = useRef({ ticket, editing, me, props });
  latest.current = { ticket, editing, me, props };
  useActions(() => ticketActions(latest, () => setPropsShown(!propsShown)), [setPropsShown, propsShown]);
  const asides = JSON.stringify(ticket.asides.map(({ id, subject, state }) => ({ id, subject, state })));
  useActions(() => asideActions(latest, JSON.parse(asides) as Pick<AsideView, "id" | "subject" | "state">[]), [asides]);
  useActions(() => (overlaid && propsShown ? [{ id: "ticket.uncover", name: t("Hide the properties"), area: t("Ticket"), keys: ["Escape"], hidden: true, do: () => setPropsShown(false) }] : []), [overlaid, propsShown, setPropsShown]);
  const properties = useMemo(() => <Properties ticket={ticket} editing={editing} />, [ticket, editing]);

  return (
    <Group orientation="horizontal" className="ticket-panes">
      <Panel id="thread" minSize={420}>
        <section ref={pane} tabIndex={-1} className="pane" aria-label={ticket.row.number || ticket.row.title}>
          <TicketHead ticket={ticket} editing={editing} position={position} onStep={onStep} propsShown={propsShown} />
          {editing.problem && (
            <div className="px-14 pt-9">
              <Problem message={editing.problem.message} retryLabel={t("Close")} onRetry={editing.forget} copyLabel={t("Copy details")} />
            </div>
          )}
          <MergedBanner ticket={ticket} onOpen={props.onOpen} />
          <ConflictBanner ticket={ticket} onDecide={() => props.onConflict(ticket.row.id)} />
          <Thread ticket={ticket} />
          {props.composer(ticket)}
        </section>
      </Panel>
      {propsShown && overlaid && <div className="properties-over">{properties}</div>}
      {propsShown && !overlaid && (
        <>
          <Separator className="pane-line" />
          <Panel id="properties" defaultSize={276} minSize={240} maxSize={400} groupResizeBehavior="preserve-pixel-size">
            {properties}
          </Panel>
        </>
      )}
      {editing.sheet === "log" && <LogSheet ticket={ticket} onClose={() => editing.show(undefined)} />}
      {editing.sheet === "merge" && <MergeSheet ticket={ticket} onClose={() => editing.show(undefined)} />}
      {editing.move && <MoveSheet ticket={ticket} move={editing.move} onClose={() => editing.ask(undefined)} />}
    </Group>
  );
}

/** Once a ticket has been on the screen for a moment, its messages were seen. */
function useSeen(ticket: TicketView): void {
  const { id, unread } = ticket.row;
  const fresh = unread || ticket.thread.some((entry) => entry.unread);
  useEffect(() => {
    if (!fresh) return;
    const timer = setTimeout(() => void desk.ticket.markSeen(id).catch(() => undefined), 1_500);
    return () => clearTimeout(timer);
  }, [id, fresh]);
}
