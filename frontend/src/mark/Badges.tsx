import { t } from "../lib/words";
import type { TicketRow } from "../lib/view";
import { ArrowUp, ClockAlert, Split } from "../ui/icons";

type Kind = "pending" | "conflict" | "held";

const spoken = (kind: Kind) =>
  ({
    pending: t("Waiting to sync"),
    conflict: t("Conflict, needs your choice"),
    held: t("A reply of yours is held"),
  })[kind];

const icons = { pending: ArrowUp, conflict: Split, held: ClockAlert };

/** Badge is a small mark on a line: dashes for what only this device has, plum
 * for two truths. */
export function Badge({ kind }: { kind: Kind }) {
  const Icon = icons[kind];
  return (
    <span className="badge" data-kind={kind} role="img" aria-label={spoken(kind)}>
      <Icon size={11} strokeWidth={2.2} aria-hidden />
    </span>
  );
}

/** RowBadges shows the one mark that asks for most: a choice, a held reply, then
 * what waits to be sent. */
export function RowBadges({ row }: { row: Pick<TicketRow, "conflict" | "held" | "pending"> }) {
  if (row.conflict) return <Badge kind="conflict" />;
  if (row.held) return <Badge kind="held" />;
  return row.pending ? <Badge kind="pending" /> : null;
}
