import { carryOut, moving } from "../lib/change";
import type { Move, TicketView } from "../lib/view";
import { MoveForm } from "../mark/MoveForm";

/** MoveSheet brings the open ticket to a state that asks for more than its name. */
export function MoveSheet({ ticket, move, onClose }: { ticket: TicketView; move: Move; onClose: () => void }) {
  return (
    <MoveForm
      of={ticket.row.number}
      place={`move ${ticket.row.id}`}
      to={move.label}
      needs={move.needs}
      notes={ticket.resolutionNotes}
      onGiven={(given) => carryOut([moving(ticket, { ticketId: ticket.row.id, to: move.to, ...given })])}
      onClose={onClose}
    />
  );
}
