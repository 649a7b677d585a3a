import { desk } from "../lib/desk";
import { useUnfinished } from "../lib/unfinished";
import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { AskSheet } from "../mark/AskSheet";
import { TextInput } from "../ui/TextInput";
import { minutesOf, spelled } from "./duration";

/** LogSheet adds to the time log of the open ticket. */
export function LogSheet({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const { id, number } = ticket.row;
  const { value, change, finish } = useUnfinished(`log ${id}`, { told: "", note: "" }, { lasts: true });
  const { told, note } = value;
  const minutes = minutesOf(told);
  const log = async () => {
    if (minutes !== undefined) await desk.ticket.log({ ticketId: id, minutes, note });
    finish();
  };
  return (
    <AskSheet title={t("Log time on {{number}}", { number })} does={t("Log")} isReady={minutes !== undefined} act={log} touched={[["ticket", id], ["queue"], ["sync"]]} onClose={onClose}>
      <TextInput label={t("How long?")} hint={minutes === undefined ? t("25, 1:30 or 1.5 h; minus mends an earlier entry.") : spelled(minutes)} value={told} onChange={(next) => change({ ...value, told: next })} autoFocus isRequired />
      <TextInput label={t("What was done?")} value={note} onChange={(next) => change({ ...value, note: next })} />
    </AskSheet>
  );
}
