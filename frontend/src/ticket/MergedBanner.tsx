import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { CloudOff, Split } from "../ui/icons";

/** MergedBanner says why nothing can be added here: the ticket goes on elsewhere,
 * or it left this device while words written here wait for the hub or in a draft. */
export function MergedBanner({ ticket, onOpen }: { ticket: TicketView; onOpen: (ticketId: string) => void }) {
  const { mergedInto, orphan } = ticket;
  if (orphan) {
    const words = ticket.row.pending
      ? t("This ticket left your queues. What you wrote waits for the server; what it refuses comes back to your tray.")
      : t("This ticket left your queues. What you began to write on it is still here.");
    return (
      <div className="ticket-banner" data-kind="held" role="status">
        <CloudOff size={15} aria-hidden />
        <span className="grow">{words}</span>
      </div>
    );
  }
  if (!mergedInto.id) return null;
  return (
    <div className="ticket-banner" data-kind="merged" role="status">
      <Split size={15} aria-hidden />
      <span className="grow">
        {t("Merged into {{number}}", { number: mergedInto.number || t("another ticket") })} <bdi>{mergedInto.title}</bdi>
      </span>
      {mergedInto.number && (
        <Button size="small" onPress={() => onOpen(mergedInto.id)}>
          {t("Open it")}
        </Button>
      )}
    </div>
  );
}
