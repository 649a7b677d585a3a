import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { desk } from "../lib/desk";
import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { AskSheet } from "../mark/AskSheet";
import { TextInput } from "../ui/TextInput";

const few = 8; // that hold the number as a word

/** useWhose says what the number names, so that none is merged into by a slip. */
function useWhose(number: string): string | undefined {
  const asked = number.trim().toUpperCase();
  const found = useQuery({ queryKey: ["find", asked], queryFn: () => desk.search.find({ query: asked, limit: few }), enabled: /^[A-Z]{2,5}\d{4,}$/.test(asked), staleTime: 0 });
  if (!found.data) return undefined;
  const row = found.data.find((one) => one.number === asked);
  return row ? [row.title, row.requester.name].filter(Boolean).join(" · ") : t("No ticket of this number is on this device.");
}

/** MergeSheet merges the open ticket into the one whose number is written. */
export function MergeSheet({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const [number, setNumber] = useState("");
  const { id } = ticket.row;
  const merge = () => desk.ticket.merge({ ticketId: id, number });
  return (
    <AskSheet title={t("Merge {{number}} into another ticket", { number: ticket.row.number })} does={t("Merge")} isReady={number.trim() !== ""} act={merge} touched={[["ticket", id], ["queue"], ["sync"]]} onClose={onClose}>
      <p>{t("It is closed as a duplicate, points to the other one, and mail to it goes there.")}</p>
      <TextInput label={t("Number of the ticket that goes on")} hint={useWhose(number)} placeholder="INC0001042" value={number} onChange={setNumber} autoFocus isRequired />
    </AskSheet>
  );
}
