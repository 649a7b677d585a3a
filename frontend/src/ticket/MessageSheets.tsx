import type { TicketView } from "../lib/view";
import { DetailsSheet } from "./DetailsSheet";
import type { MessageActs } from "./message_acts";

/** MessageSheets shows the sheet that was asked for about a message. */
export function MessageSheets({ acts }: { ticket: TicketView; acts: MessageActs }) {
  const { asked, close } = acts;
  if (!asked) return null;
  return <DetailsSheet entry={asked.entry} onClose={close} />;
}
