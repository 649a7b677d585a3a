import { t } from "../lib/words";
import { Problem } from "../ui/Problem";
import type { TicketView } from "../lib/view";
import { DetailsSheet } from "./DetailsSheet";
import type { MessageActs } from "./message_acts";
import { PlaceSheet } from "./PlaceSheet";
import { SplitSheet } from "./SplitSheet";

/** MessageSheets shows the sheet that was asked for about a message, and why an
 * act on one did not hold. */
export function MessageSheets({ ticket, acts }: { ticket: TicketView; acts: MessageActs }) {
  const { asked, close, problem, forget } = acts;
  return (
    <>
      {problem && <Problem message={problem.message} retryLabel={t("Close")} onRetry={forget} copyLabel={t("Copy details")} />}
      {asked?.sheet === "details" && <DetailsSheet entry={asked.entry} onClose={close} />}
      {asked?.sheet === "move" && <PlaceSheet ticket={ticket} entry={asked.entry} onClose={close} />}
      {asked?.sheet === "split" && <SplitSheet ticket={ticket} entry={asked.entry} onClose={close} />}
    </>
  );
}
