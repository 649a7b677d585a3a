import { useId, useState } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useAct } from "../lib/act";
import { desk } from "../lib/desk";
import { keyCaps } from "../lib/keys";
import { useOptions } from "../lib/query";
import type { Created, Option, Options } from "../lib/view";
import { t } from "../lib/words";
import { Matrix } from "../mark/Matrix";
import { Priority, priorityName } from "../mark/Priority";
import { Button } from "../ui/Button";
import { ChevronsUpDown } from "../ui/icons";
import { Picker } from "../ui/Picker";
import { Problem } from "../ui/Problem";
import { Segments } from "../ui/Segments";
import { Sheet } from "../ui/Sheet";
import { TextInput } from "../ui/TextInput";
import "./create.css";
import { change, requestOf, startOver, useNewTicket } from "./form";
import { RequesterInput } from "./RequesterInput";

/** NewTicketSheet writes a ticket, title first; only the title must be there.
 * The number it gets is final at once, online or not. */
export function NewTicketSheet({ onClose, onCreated }: { onClose: () => void; onCreated: (made: Created) => void }) {
  const form = useNewTicket();
  const options = useOptions().data;
  const act = useAct();
  const ready = form.title.trim() !== "" && !act.busy;
  const submit = async () => {
    if (!ready) return;
    let made: Created | undefined;
    const held = await act.run(async () => (made = await desk.ticket.create(requestOf(form))), [["queue"], ["sync"]]);
    if (!held || !made) return;
    startOver();
    onCreated(made);
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    void submit();
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
      <div className="flex flex-col gap-12" onKeyDownCapture={keys}>
        <TextInput label={t("Title")} value={form.title} onChange={(title) => change({ title })} isRequired autoFocus />
        <RequesterInput />
        <TextInput label={t("Description")} rows={4} value={form.description} onChange={(description) => change({ description })} />
        <div className="create-row">
          <Segments label={t("Kind")} value={form.kind} onChange={(kind) => change({ kind })} choices={[{ value: "incident", label: t("Incident") }, { value: "request", label: t("Request") }]} />
          <Segments label={t("Came by")} value={form.source} onChange={(source) => change({ source })} choices={[{ value: "agent", label: t("Agent") }, { value: "phone", label: t("Phone") }]} />
          {options && <PriorityChoice options={options} />}
        </div>
        <div className="create-row">
          <PickOne label={t("Team")} options={options?.teams} value={form.teamId} onChange={(teamId) => change({ teamId })} />
          <PickOne label={t("Service")} options={options?.services} value={form.serviceId} onChange={(serviceId) => change({ serviceId })} />
          <PickOne label={t("Category")} options={options?.categories} value={form.category} onChange={(category) => change({ category })} />
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
        <AriaButton className="create-pick" aria-describedby={id}>
          <Priority level={level} silent />
          {level} {priorityName(level)}
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

function PickOne(props: { label: string; options: Option[] | undefined; value: string; onChange: (id: string) => void }) {
  const [open, setOpen] = useState(false);
  const choices = [{ id: "", label: t("None") }, ...(props.options ?? []).map(({ id, label, hint }) => ({ id, label, hint }))];
  const chosen = choices.find((choice) => choice.id === props.value);
  const id = useId();
  return (
    <div className="field grow">
      <span className="field-label" id={id}>
        {props.label}
      </span>
      <Picker label={props.label} choices={choices} chosen={props.value} isOpen={open} onOpenChange={setOpen} onChoose={props.onChange} searchLabel={t("Type to choose")} noneLabel={t("Nothing by that name")}>
        <AriaButton className="create-pick" aria-describedby={id}>
          <span className="cut grow" data-none={!props.value}>
            {chosen?.label}
          </span>
          <ChevronsUpDown size={13} aria-hidden />
        </AriaButton>
      </Picker>
    </div>
  );
}
