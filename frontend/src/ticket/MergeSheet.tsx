import { useState } from "react";
import { useAct } from "../lib/act";
import { desk } from "../lib/desk";
import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { Sheet } from "../ui/Sheet";
import { TextInput } from "../ui/TextInput";

/** MergeSheet merges the open ticket into the one whose number is written. */
export function MergeSheet({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const [number, setNumber] = useState("");
  const act = useAct();
  const { id } = ticket.row;
  const submit = async () => {
    if (await act.run(() => desk.ticket.merge({ ticketId: id, number }), [["ticket", id], ["queue"], ["sync"]])) onClose();
  };
  return (
    <Sheet title={t("Merge {{number}} into another ticket", { number: ticket.row.number })} closeLabel={t("Close")} onClose={onClose}>
      <form
        className="flex flex-col gap-12"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>{t("It is closed as a duplicate, points to the other one, and mail to it goes there.")}</p>
        <TextInput label={t("Number of the ticket that goes on")} placeholder="INC0001042" value={number} onChange={setNumber} autoFocus isRequired />
        {act.problem && <Problem message={act.problem.message} copyLabel={t("Copy details")} />}
        <div className="flex items-center gap-8">
          <Button type="submit" kind="primary" caps={["↵"]} isDisabled={number.trim() === "" || act.busy}>
            {t("Merge")}
          </Button>
          <Button kind="quiet" onPress={onClose}>
            {t("Cancel")}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
