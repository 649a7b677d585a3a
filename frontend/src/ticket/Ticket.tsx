import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { toDeskError } from "../lib/backend";
import { useActions } from "../lib/actions";
import { desk } from "../lib/desk";
import { useSession, useTicket } from "../lib/query";
import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { Problem } from "../ui/Problem";
import { ticketActions } from "./actions";
import { ConflictBanner } from "./ConflictBanner";
import { type FieldName, useEditing } from "./editing";
import { MoveSheet } from "./MoveSheet";
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
  composer: (ticket: TicketView) => ReactNode;
}

/** Ticket is one ticket: its head, its thread, the composer the shell hands in,
 * and its properties, all edited in place. */
export function Ticket(props: TicketProps) {
  const { data, error, refetch } = useTicket(props.id);
  if (error && !data) {
    return (
      <section className="pane p-16" aria-label={t("Ticket")}>
        <Problem message={toDeskError(error).message} retryLabel={t("Try again")} onRetry={() => void refetch()} copyLabel={t("Copy details")} />
      </section>
    );
  }
  return data ? <TicketBody key={data.row.id} {...props} ticket={data} /> : <section className="pane" aria-label={t("Ticket")} aria-busy />;
}

const overlayBelow = 1180; // px of window: below it the properties lie over the thread

function TicketBody(props: TicketProps & { ticket: TicketView }) {
  const { ticket, onStep, position } = props;
  const [field, setField] = useState<FieldName | undefined>();
  const [propsShown, setPropsShown] = useState(() => innerWidth >= overlayBelow);
  const editing = useEditing(ticket, field, setField);
  const me = useSession().data?.user;
  const pane = useRef<HTMLElement>(null);
  useSeen(ticket);
  useEffect(() => {
    if (props.focus) pane.current?.focus({ preventScroll: true });
  }, [props.focus]);
  const latest = useRef({ ticket, editing, me, props });
  latest.current = { ticket, editing, me, props };
  useActions(() => ticketActions(latest, () => setPropsShown((shown) => !shown)), []);
  const properties = useMemo(() => <Properties ticket={ticket} editing={editing} onHide={() => setPropsShown(false)} />, [ticket, editing]);

  return (
    <Group orientation="horizontal" className="ticket-panes">
      <Panel id="thread" minSize={420}>
        <section ref={pane} tabIndex={-1} className="pane" aria-label={ticket.row.number}>
          <TicketHead ticket={ticket} editing={editing} position={position} onStep={onStep} propsShown={propsShown} />
          {editing.problem && (
            <div className="px-14 pt-9">
              <Problem message={editing.problem.message} retryLabel={t("Close")} onRetry={editing.forget} copyLabel={t("Copy details")} />
            </div>
          )}
          <ConflictBanner ticket={ticket} onDecide={() => props.onConflict(ticket.row.id)} />
          <Thread ticket={ticket} />
          {props.composer(ticket)}
        </section>
      </Panel>
      {propsShown && (
        <>
          <Separator className="pane-line" />
          <Panel id="properties" defaultSize={276} minSize={240} maxSize={400} groupResizeBehavior="preserve-pixel-size">
            {properties}
          </Panel>
        </>
      )}
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
