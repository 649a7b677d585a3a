import { useState } from "react";
import { desk } from "../lib/desk";
import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { AskSheet } from "../mark/AskSheet";
import { TextInput } from "../ui/TextInput";
import { minutesOf, spelled } from "./duration";

/** LogSheet adds to the time log of the open ticket. */
export function LogSheet({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const [told, setTold] = useState("");
  const [note, setNote] = useState("");
  const minutes = minutesOf(told);
  const { id, number } = ticket.row;
  const log = async () => minutes !== undefined && desk.ticket.log({ ticketId: id, minutes, note });
  return (
    <AskSheet title={t("Log time on {{number}}", { number })} does={t("Log")} isReady={minutes !== undefined} act={log} touched={[["ticket", id], ["queue"], ["sync"]]} onClose={onClose}>
      <TextInput label={t("How long?")} hint={minutes === undefined ? t("25, 1:30 or 1.5 h; minus mends an earlier entry.") : spelled(minutes)} value={told} onChange={setTold} autoFocus isRequired />
      <TextInput label={t("What was done?")} value={note} onChange={setNote} />
    </AskSheet>
  );
}
