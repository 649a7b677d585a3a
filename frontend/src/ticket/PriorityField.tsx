import { useState } from "react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import type { Options, TicketView } from "../lib/view";
import { t } from "../lib/words";
import { useCaps } from "../mark/ActionButton";
import { Matrix } from "../mark/Matrix";
import { Priority, priorityName } from "../mark/Priority";
import { Button } from "../ui/Button";
import { Segments } from "../ui/Segments";
import { TextInput } from "../ui/TextInput";
import type { Editing } from "./editing";
import { FieldButton } from "./PickField";

/** PriorityField shows the priority and what it follows from: impact × urgency. */
export function PriorityField({ ticket, editing, options }: { ticket: TicketView; editing: Editing; options: Options | undefined }) {
  const caps = useCaps("ticket.priority");
  const { row, impact, urgency } = ticket;
  const isOpen = editing.field === "priority";
  const setOpen = (open: boolean) => editing.open(open ? "priority" : undefined);
  const choose = (nextImpact: number, nextUrgency: number) => {
    setOpen(false);
    editing.rate(nextImpact, nextUrgency);
  };
  const derived = options?.matrix[impact - 1]?.[urgency - 1];
  return (
    <div className="property">
      <span className="property-name" aria-hidden>
        {t("Priority")}
      </span>
      <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <FieldButton label={t("Priority")} isOpen={isOpen} isDisabled={!ticket.mayEdit} pending={editing.isPending("priority", "impact", "urgency")} caps={caps}>
          <Priority level={row.priority} />
          {priorityName(row.priority)}
          <span className="text-muted text-caption">{derived === row.priority || !derived ? `${impact} × ${urgency}` : t("overridden")}</span>
        </FieldButton>
        <Popover className="popover" placement="bottom end" offset={3} data-overlay>
          <Dialog aria-label={t("Priority from impact and urgency")} className="priority-form">
            {options && <Matrix options={options} impact={impact} urgency={urgency} onChoose={choose} />}
            <Override level={row.priority} overridden={derived !== undefined && derived !== row.priority} onDone={(level, reason) => {
              setOpen(false);
              editing.patch("priority", level, { reason });
            }} />
          </Dialog>
        </Popover>
      </DialogTrigger>
    </div>
  );
}

/** An override leaves the matrix, so it asks for its reason (ITIL: the reason
 * stands in the record). */
function Override(props: { level: number; overridden: boolean; onDone: (level: string, reason: string) => void }) {
  const [open, setOpen] = useState(false);
  const [level, setLevel] = useState(String(props.level));
  const [reason, setReason] = useState("");
  if (!open) {
    return (
      <div className="flex gap-6">
        <Button kind="quiet" onPress={() => setOpen(true)}>
          {t("Override with a reason…")}
        </Button>
        {props.overridden && (
          <Button kind="quiet" onPress={() => props.onDone("", "")}>
            {t("Back to the matrix")}
          </Button>
        )}
      </div>
    );
  }
  return (
    <form
      className="flex flex-col gap-8"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim()) props.onDone(level, reason.trim());
      }}
    >
      <Segments label={t("Priority")} value={level} onChange={setLevel} choices={["1", "2", "3", "4", "5"].map((value) => ({ value, label: value }))} />
      <TextInput label={t("Reason")} value={reason} onChange={setReason} isRequired autoFocus />
      <Button type="submit" kind="primary" isDisabled={reason.trim() === ""}>
        {t("Override")}
      </Button>
    </form>
  );
}
