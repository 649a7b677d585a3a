import { useId, useRef, useState } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useAct } from "../lib/act";
import { desk } from "../lib/desk";
import { keyCaps, onSend } from "../lib/keys";
import { useOptions } from "../lib/query";
import type { Created, Option, Options } from "../lib/view";
import { t } from "../lib/words";
import { Matrix } from "../mark/Matrix";
import { Pick } from "../mark/Pick";
import { Priority, priorityName } from "../mark/Priority";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { Segments } from "../ui/Segments";
import { Sheet } from "../ui/Sheet";
import { TextInput } from "../ui/TextInput";
import "./create.css";
import { change, isUnknown, requestOf, startOver, useNewTicket } from "./form";
import { RequesterInput } from "./RequesterInput";

/** NewTicketSheet writes a ticket, title first; only the title must be there.
 * The number it gets is final at once, online or not. */
export function NewTicketSheet({ onClose, onCreated }: { onClose: () => void; onCreated: (made: Created) => void }) {
  const form = useNewTicket();
  const options = useOptions().data;
  const act = useAct();
  const [refused, setRefused] = useState(false);
  const fields = useRef<HTMLDivElement>(null);
  const ready = form.title.trim() !== "" && !act.busy;
  const submit = async () => {
    if (!ready) return;
    if (isUnknown(form)) {
      setRefused(true);
      fields.current?.querySelector<HTMLElement>("[role=combobox]")?.focus();
      return;
    }
    let made: Created | undefined;
    const held = await act.once(async () => (made = await desk.ticket.create(requestOf(form))), [["queue"], ["sync"]]);
    if (!held || !made) return;
    startOver();
    onCreated(made);
  };
  return (
    <Sheet
      title={t("New ticket")}
      closeLabel={t("Close, keep what is written")}
      onClose={onClose}
      foot={
        <>
          <Button kind="primary" caps={keyCaps("Mod+Enter")} isDisabled={!ready} onPress={() => void submit()}>
            {t("Create ticket")}
          </Button>
          <Button kind="quiet" onPress={startOver}>
            {t("Start over")}
          </Button>
          <span className="grow" />
          <span className="text-caption text-muted">{t("It gets its final number at once, online or not.")}</span>
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- hears one chord from every field inside */}
      <div ref={fields} className="flex flex-col gap-12" onKeyDownCapture={onSend(() => void submit())}>
        <TextInput label={t("Title")} value={form.title} onChange={(title) => change({ title })} isRequired autoFocus />
        <RequesterInput refused={refused && isUnknown(form)} />
        <TextInput label={t("Description")} rows={4} value={form.description} onChange={(description) => change({ description })} />
        <div className="create-row">
          <Segments label={t("Kind")} value={form.kind} onChange={(kind) => change({ kind })} choices={[{ value: "incident", label: t("Incident") }, { value: "request", label: t("Request") }]} />
          <Segments label={t("Came by")} value={form.source} onChange={(source) => change({ source })} choices={[{ value: "agent", label: t("Agent") }, { value: "phone", label: t("Phone") }]} />
          {options && <PriorityChoice options={options} />}
        </div>
        <div className="create-row create-picks">
          <Pick label={t("Team")} choices={orNone(options?.teams)} value={form.teamId} onChange={(teamId) => change({ teamId })} />
          <Pick label={t("Service")} choices={orNone(options?.services)} value={form.serviceId} onChange={(serviceId) => change({ serviceId })} />
          <Pick label={t("Category")} choices={orNone(options?.categories)} value={form.category} onChange={(category) => change({ category })} />
        </div>
        {act.problem && <Problem message={`${act.problem.message} ${t("Your text is safe.")}`} copyLabel={t("Copy details")} />}
      </div>
    </Sheet>
  );
}

function PriorityChoice({ options }: { options: Options }) {
  const { impact, urgency } = useNewTicket();
  const [open, setOpen] = useState(false);
  const level = options.matrix[impact - 1]?.[urgency - 1] ?? 5;
  const id = useId();
  return (
    <div className="field">
      <span className="field-label" id={id}>
        {t("Priority")}
      </span>
      <DialogTrigger isOpen={open} onOpenChange={setOpen}>
        <AriaButton className="pick" aria-describedby={id}>
          <Priority level={level} silent />
          {priorityName(level)}
          <span className="text-muted text-caption">
            {impact} × {urgency}
          </span>
        </AriaButton>
        <Popover className="popover" placement="bottom end" offset={3} data-overlay>
          <Dialog aria-label={t("Priority from impact and urgency")} className="p-12">
            <Matrix
              options={options}
              impact={impact}
              urgency={urgency}
              onChoose={(nextImpact, nextUrgency) => {
                change({ impact: nextImpact, urgency: nextUrgency });
                setOpen(false);
              }}
            />
          </Dialog>
        </Popover>
      </DialogTrigger>
    </div>
  );
}

const orNone = (options: Option[] | undefined) => [{ id: "", label: t("None") }, ...(options ?? []).map(({ id, label, hint }) => ({ id, label, hint }))];
