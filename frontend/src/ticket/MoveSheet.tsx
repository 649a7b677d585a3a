import { useState } from "react";
import { useAct } from "../lib/act";
import { desk } from "../lib/desk";
import { useOptions } from "../lib/query";
import type { Move, Option, TicketView } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { Sheet } from "../ui/Sheet";
import { TextInput } from "../ui/TextInput";
import { Options } from "../ui/Options";

/** MoveSheet asks what a move needs, and nothing else: why a ticket is on hold,
 * or how it was resolved and what was done. */
export function MoveSheet({ ticket, move, onClose }: { ticket: TicketView; move: Move; onClose: () => void }) {
  const options = useOptions().data;
  const [holdReason, setHold] = useState("");
  const [resolutionCode, setCode] = useState("");
  const [resolutionNotes, setNotes] = useState(ticket.resolutionNotes);
  const act = useAct();
  const given = { holdReason, resolutionCode, resolutionNotes: resolutionNotes.trim() };
  const missing = move.needs.some((need) => !given[need as keyof typeof given]);
  const submit = async () => {
    if (missing) return;
    const request = { ticketId: ticket.row.id, to: move.to, ...given };
    if (await act.run(() => desk.ticket.move(request), [["ticket", ticket.row.id], ["queue"], ["sync"]])) onClose();
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
  };
  return (
    <Sheet title={t("{{move}}: {{number}}", { move: move.label, number: ticket.row.number })} closeLabel={t("Close")} onClose={onClose}>
      <form
        className="flex flex-col gap-12"
        onKeyDownCapture={keys}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {move.needs.includes("holdReason") && <Options label={t("What does it wait for?")} options={asked(options?.holdReasons)} value={holdReason} onChange={setHold} />}
        {move.needs.includes("resolutionCode") && <Options label={t("How was it resolved?")} options={asked(options?.resolutionCodes)} value={resolutionCode} onChange={setCode} />}
        {move.needs.includes("resolutionNotes") && (
          <TextInput label={t("What was done?")} hint={t("Colleagues read this when it happens again.")} rows={4} value={resolutionNotes} onChange={setNotes} isRequired />
        )}
        {act.problem && <Problem message={act.problem.message} copyLabel={t("Copy details")} />}
        <div className="flex items-center gap-8">
          <Button type="submit" kind="primary" caps={["Ctrl ↵"]} isDisabled={missing || act.busy}>
            {move.label}
          </Button>
          <Button kind="quiet" onPress={onClose}>
            {t("Cancel")}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

const asked = (options: Option[] | undefined) => (options ?? []).map(({ id, label, hint }) => ({ id, label, hint }));
