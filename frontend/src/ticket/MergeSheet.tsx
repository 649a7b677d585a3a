import { useState } from "react";
import { desk } from "../lib/desk";
import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { AskSheet } from "../mark/AskSheet";
import { TextInput } from "../ui/TextInput";

/** MergeSheet merges the open ticket into the one whose number is written. */
export function MergeSheet({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const [number, setNumber] = useState("");
  const { id } = ticket.row;
  const merge = () => desk.ticket.merge({ ticketId: id, number });
  return (
    <AskSheet title={t("Merge {{number}} into another ticket", { number: ticket.row.number })} does={t("Merge")} isReady={number.trim() !== ""} act={merge} touched={[["ticket", id], ["queue"], ["sync"]]} onClose={onClose}>
      <p>{t("It is closed as a duplicate, points to the other one, and mail to it goes there.")}</p>
      <TextInput label={t("Number of the ticket that goes on")} placeholder="INC0001042" value={number} onChange={setNumber} autoFocus isRequired />
    </AskSheet>
  );
}
