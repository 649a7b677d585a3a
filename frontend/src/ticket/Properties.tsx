import { useOptions } from "../lib/query";
import type { Option, Person, TicketView } from "../lib/view";
import { t } from "../lib/words";
import { ActionIcon } from "../mark/ActionButton";
import { PersonFace } from "../mark/PersonFace";

import { holdName, StateGlyph, stateName } from "../mark/State";
import { PanelRight } from "../ui/icons";
import type { Choice } from "../ui/Picker";
import type { Editing, FieldName } from "./editing";
import { Asides } from "./Asides";
import { Checklist } from "./Checklist";
import { Labels } from "./Labels";
import { PriorityField } from "./PriorityField";
import { Field, PickField } from "./PickField";
import { Requester } from "./Requester";
import { Site } from "./Site";
import { TimeLog } from "./TimeLog";

interface PropertiesProps {
  ticket: TicketView;
  editing: Editing;
}

const asChoices = (options: Option[] | undefined): Choice[] => [{ id: "", label: t("None") }, ...(options ?? []).map(({ id, label, hint }) => ({ id, label, hint }))];

const asPeople = (people: Person[] | undefined): Choice[] => [
  { id: "", label: t("Nobody") },
  ...(people ?? []).map((person) => ({ id: person.id, label: person.name, mark: <PersonFace person={person} size="small" /> })),
];

/** Properties are the fields of a ticket, each edited where it stands. */
export function Properties({ ticket, editing }: PropertiesProps) {
  const options = useOptions().data;
  const { row } = ticket;
  return (
    <section className="pane properties" aria-label={t("Properties")}>
      <div className="properties-head">
        <h2>{t("Properties")}</h2>
        <span className="grow" />
        <ActionIcon id="ticket.properties">
          <PanelRight size={15} />
        </ActionIcon>
      </div>
      <div className="properties-section">
        <StateField ticket={ticket} editing={editing} />
        <PriorityField ticket={ticket} editing={editing} options={options} />
        <Pick ticket={ticket} editing={editing} name="assignee" label={t("Assignee")} action="ticket.assign" value={row.assignee.id} choices={asPeople(options?.people)}>
          {row.assignee.id ? (
            <>
              <PersonFace person={row.assignee} size="small" />
              <span className="cut">{row.assignee.name}</span>
            </>
          ) : (
            <span className="text-muted">{t("Nobody")}</span>
          )}
        </Pick>
        <Pick ticket={ticket} editing={editing} name="team" label={t("Team")} action="ticket.team" value={row.teamId} choices={asChoices(options?.teams)}>
          <Words text={row.team} />
        </Pick>
        <Pick ticket={ticket} editing={editing} name="category" label={t("Category")} value={ticket.category} choices={asChoices(options?.categories)}>
          <Words text={options?.categories.find((category) => category.id === ticket.category)?.label ?? ticket.category} />
        </Pick>
        <Pick ticket={ticket} editing={editing} name="service" label={t("Service")} value={ticket.serviceId} choices={asChoices(options?.services)}>
          <Words text={ticket.service} />
        </Pick>
        <Labels ticket={ticket} editing={editing} />
        {ticket.kept && <Field label={t("Place")}>{t("Kept on my devices")}</Field>}
      </div>
      {ticket.resolutionCode && <Resolution ticket={ticket} options={options?.resolutionCodes} pending={editing.isPending("resolution_notes", "state")} />}
      <Asides ticket={ticket} editing={editing} />
      <Checklist ticket={ticket} editing={editing} />
      <TimeLog ticket={ticket} />
      <Site ticket={ticket} editing={editing} />
      <Requester card={ticket.requester} />
    </section>
  );
}

function Words({ text }: { text: string }) {
  return text ? (
    <span className="cut" dir="auto" title={text}>
      {text}
    </span>
  ) : (
    <span className="text-muted">{t("None")}</span>
  );
}

interface PickProps {
  ticket: TicketView;
  editing: Editing;
  name: FieldName;
  label: string;
  action?: string;
  value: string;
  choices: Choice[];
  children: React.ReactNode;
}

function Pick({ ticket, editing, name, value, ...rest }: PickProps) {
  return (
    <PickField
      {...rest}
      chosen={value}
      pending={editing.isPending(name)}
      isDisabled={!ticket.mayEdit}
      isOpen={editing.field === name}
      onOpenChange={(open) => editing.open(open ? name : undefined)}
      onChoose={(id) => id !== value && editing.patch(name, id)}
    />
  );
}

function StateField({ ticket, editing }: { ticket: TicketView; editing: Editing }) {
  const { row, moves } = ticket;
  const choices = moves.map((move) => ({ id: move.to, label: move.label || stateName(move.to), mark: <StateGlyph state={move.to} />, hint: move.needs.length > 0 ? "…" : undefined }));
  return (
    <PickField
      label={t("State")}
      action="ticket.state"
      choices={choices}
      pending={editing.isPending("state")}
      isDisabled={!ticket.mayEdit || moves.length === 0}
      isOpen={editing.field === "state"}
      onOpenChange={(open) => editing.open(open ? "state" : undefined)}
      onChoose={(to) => editing.choose(moves.find((move) => move.to === to)!)}
    >
      <StateGlyph state={row.state} />
      <span className="cut">{stateName(row.state)}</span>
      {row.holdReason && <span className="text-muted text-caption cut">{holdName(row.holdReason)}</span>}
    </PickField>
  );
}

function Resolution({ ticket, options, pending }: { ticket: TicketView; options: Option[] | undefined; pending: boolean }) {
  const name = options?.find((option) => option.id === ticket.resolutionCode)?.label ?? ticket.resolutionCode;
  return (
    <div className="properties-section" data-pending={pending}>
      <h3>{t("Resolution")}</h3>
      <Field label={t("Code")}>{name}</Field>
      <p className="properties-prose" dir="auto">
        {ticket.resolutionNotes}
      </p>
    </div>
  );
}

