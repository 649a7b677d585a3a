import type { ReactNode } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { Composer } from "../compose";
import { go, paths } from "../lib/route";
import type { TicketView } from "../lib/view";
import { Ticket } from "../ticket";
import { openInTab } from "./desktop";

interface OneTicketProps {
  id: string;
  focus: boolean;
  onClose: () => void;
  position?: { index: number; total: number };
  onStep?: (by: number) => void;
}

// Keys of the ticket act from its pane once the composer lets go.
const toPane = () => document.querySelector<HTMLElement>(".ticket-panes .pane")?.focus({ preventScroll: true });

const toConflict = (id: string) => go(paths.conflicts(id));

const toTicket = (id: string) => openInTab(paths.ticket(id));

const composerOf = (ticket: TicketView) => <Composer key={ticket.row.id} ticket={ticket} onLeave={toPane} />;

/** OneTicket is a ticket with its composer. */
export function OneTicket(props: OneTicketProps) {
  return <Ticket {...props} onConflict={toConflict} onOpen={toTicket} composer={composerOf} />;
}

/** ListAndTicket is the queue with a ticket of it at its side. */
export function ListAndTicket({ list, ticket }: { list: ReactNode; ticket: ReactNode }) {
  return (
    <Group orientation="horizontal" className="place-panes">
      <Panel id="list" defaultSize={412} minSize={320} maxSize={640} groupResizeBehavior="preserve-pixel-size">
        {list}
      </Panel>
      <Separator className="pane-line" />
      <Panel id="ticket" minSize={420}>
        {ticket}
      </Panel>
    </Group>
  );
}
