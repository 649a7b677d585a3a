import { useState } from "react";
import { useAct } from "../lib/act";
import { desk } from "../lib/desk";
import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { Sheet } from "../ui/Sheet";
import { TextInput } from "../ui/TextInput";
import { minutesOf, spelled } from "./duration";

/** LogSheet adds to the time log of the open ticket. */
export function LogSheet({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const [told, setTold] = useState("");
  const [note, setNote] = useState("");
  const act = useAct();
  const minutes = minutesOf(told);
  const submit = async () => {
    if (minutes === undefined) return;
    if (await act.run(() => desk.ticket.log({ ticketId: ticket.row.id, minutes, note }), [["ticket", ticket.row.id], ["queue"], ["sync"]])) onClose();
  };
  return (
    <Sheet title={t("Log time on {{number}}", { number: ticket.row.number })} closeLabel={t("Close")} onClose={onClose}>
      <form
        className="flex flex-col gap-12"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextInput label={t("How long?")} hint={minutes === undefined ? t("25, 1:30 or 1.5 h; minus mends an earlier entry.") : spelled(minutes)} value={told} onChange={setTold} autoFocus isRequired />
        <TextInput label={t("What was done?")} value={note} onChange={setNote} />
        {act.problem && <Problem message={act.problem.message} copyLabel={t("Copy details")} />}
        <div className="flex items-center gap-8">
          <Button type="submit" kind="primary" caps={["↵"]} isDisabled={minutes === undefined || act.busy}>
            {t("Log")}
          </Button>
          <Button kind="quiet" onPress={onClose}>
            {t("Cancel")}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
