import { useState } from "react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import { shortTime } from "../lib/time";
import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { TextInput } from "../ui/TextInput";
import type { Editing, FieldName } from "./editing";
import { FieldButton } from "./PickField";

/** Site is what was measured where the work was done. Of two values that had not
 * seen each other the device's stands. */
export function Site({ ticket, editing }: { ticket: TicketView; editing: Editing }) {
  const { actualStart, actualEnd, meterReading } = ticket;
  const asked = editing.field === "actual_start" || editing.field === "actual_end" || editing.field === "meter_reading";
  if (!actualStart && !actualEnd && !meterReading && !asked) return null;
  return (
    <div className="properties-section">
      <h3>{t("On site")}</h3>
      <Measured ticket={ticket} editing={editing} name="actual_start" label={t("Start")} value={actualStart} isTime />
      <Measured ticket={ticket} editing={editing} name="actual_end" label={t("End")} value={actualEnd} isTime />
      <Measured ticket={ticket} editing={editing} name="meter_reading" label={t("Meter")} value={meterReading} />
    </div>
  );
}

interface MeasuredProps {
  ticket: TicketView;
  editing: Editing;
  name: FieldName;
  label: string;
  value: string;
  isTime?: boolean;
}

function Measured({ ticket, editing, name, label, value, isTime = false }: MeasuredProps) {
  const isOpen = editing.field === name;
  return (
    <div className="property">
      <span className="property-name" aria-hidden>
        {label}
      </span>
      <DialogTrigger isOpen={isOpen} onOpenChange={(open) => editing.open(open ? name : undefined)}>
        <FieldButton label={label} isOpen={isOpen} isDisabled={!ticket.mayEdit} pending={editing.isPending(name)}>
          {value ? <span className="tabular cut">{isTime ? shortTime(value) : value}</span> : <span className="text-muted">{t("None")}</span>}
        </FieldButton>
        <Popover className="popover" placement="bottom end" offset={3} data-overlay>
          <Dialog aria-label={label} className="p-10">
            <Reading
              label={label}
              value={value}
              isTime={isTime}
              onDone={(next, began) => {
                editing.open(undefined);
                const raw = isTime && next ? instantOf(next) : next.trim();
                if (raw !== began) editing.patch(name, raw, { began });
              }}
            />
          </Dialog>
        </Popover>
      </DialogTrigger>
    </div>
  );
}

function Reading({ label, value, isTime, onDone }: { label: string; value: string; isTime: boolean; onDone: (text: string, began: string) => void }) {
  const [began] = useState(value);
  const [text, setText] = useState(() => (isTime ? localOf(value || new Date().toISOString()) : value));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onDone(text, began);
      }}
    >
      <TextInput label={label} hint={t("Enter keeps it.")} type={isTime ? "datetime-local" : "text"} inputMode={isTime ? undefined : "decimal"} value={text} onChange={setText} autoFocus />
    </form>
  );
}

// A field of this type holds the clock on the wall, without a zone.
const localOf = (instant: string) => {
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};
const instantOf = (local: string) => new Date(local).toISOString().replace(".000Z", "Z");
