import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { ClockAlert, Split } from "../ui/icons";

/** ConflictBanner stands over the thread while two truths, or a held reply, wait
 * for a choice. */
export function ConflictBanner({ ticket, onDecide }: { ticket: TicketView; onDecide: () => void }) {
  const open = ticket.conflicts.filter((clash) => !clash.pending);
  if (open.length === 0 && !ticket.row.held) return null;
  const Icon = open.length > 0 ? Split : ClockAlert;
  const words =
    open.length > 0
      ? `${t("{{count}} values wait", { count: open.length })}: ${open.map((clash) => clash.label).join(", ")}`
      : t("Your reply is held: the ticket moved on after you wrote it");
  return (
    <div className="ticket-banner" data-kind={open.length > 0 ? "conflict" : "held"} role="status">
      <Icon size={15} aria-hidden />
      <span className="grow">{words}</span>
      <Button size="small" onPress={onDecide}>
        {t("Decide")}
      </Button>
    </div>
  );
}
