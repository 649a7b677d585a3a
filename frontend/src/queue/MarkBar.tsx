import { useRef, useState } from "react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useAct } from "../lib/act";
import { useActions } from "../lib/actions";
import { DeskError } from "../lib/backend";
import { type Change, carryOut, labelling, moving, patching } from "../lib/change";
import { desk } from "../lib/desk";
import { useOptions, useSession } from "../lib/query";
import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { ActionIcon } from "../mark/ActionButton";
import { Matrix } from "../mark/Matrix";
import { MoveForm, type MoveGiven } from "../mark/MoveForm";
import { PersonFace } from "../mark/PersonFace";
import { Check, ChevronUp, Eye, Tag, UserCheck, UserPlus, Users, X } from "../ui/icons";
import { type Choice, Picker } from "../ui/Picker";
import { Problem } from "../ui/Problem";
import { TextInput } from "../ui/TextInput";
import { type MarkedField, markedActions } from "./actions";

interface MarkBarProps {
  ids: ReadonlySet<string>;
  /** left says how many of the list are not marked, where they were too many. */
  left: number;
  onClear: () => void;
}

/** MarkBar does one act to every marked ticket. Each is asked for first, so that
 * Go says what it allows and the way back is known. */
export function MarkBar({ ids, left, onClear }: MarkBarProps) {
  const [field, setField] = useState<MarkedField>();
  const act = useAct();
  const options = useOptions().data;
  const me = useSession().data?.user.id ?? "";
  const each = async (change: (ticket: TicketView) => Change[]) => {
    const tickets = await Promise.all([...ids].map((id) => desk.ticket.open(id)));
    await carryOut(tickets.flatMap(change));
  };
  // What is resolved or given away is done with: nothing out of sight stays marked.
  const give = async (name: string, value: string) => {
    if (await act.run(() => each((ticket) => [patching(ticket, name, value)]))) onClear();
  };
  const label = (text: string) => {
    setField(undefined);
    if (text) void act.run(() => each((ticket) => (ticket.labels.includes(text) ? [] : [labelling(ticket, "labels", { add: text })])));
  };
  const rate = (impact: number, urgency: number) => {
    setField(undefined);
    void act.run(() => each((ticket) => [patching(ticket, "impact", String(impact)), patching(ticket, "urgency", String(urgency))]));
  };
  const latest = useRef({ assignToMe: () => {}, watch: () => {}, clear: onClear });
  latest.current = {
    assignToMe: () => void give("assignee", me),
    watch: () => void act.run(() => each((ticket) => (ticket.watchers.some((person) => person.id === me) ? [] : [labelling(ticket, "watchers", { add: me })]))),
    clear: onClear,
  };
  useActions(() => markedActions({ open: setField, assignToMe: () => latest.current.assignToMe(), watch: () => latest.current.watch(), clear: () => latest.current.clear() }), []);
  const opens = (name: MarkedField) => ({ isOpen: field === name, onOpenChange: (open: boolean) => setField(open ? name : undefined) });
  return (
    <>
      <div className="queue-marks" role="toolbar" aria-label={t("Marked tickets")}>
        <span className="font-strong cut">{left > 0 ? t("{{count}} marked, {{left}} more are not", { count: ids.size, left }) : t("{{count}} marked", { count: ids.size })}</span>
        <span className="grow" />
        <ActionIcon id="marked.assignMe">
          <UserCheck size={15} />
        </ActionIcon>
        <MarkPicker {...opens("assignee")} label={t("Assign…")} choices={[{ id: "", label: t("Nobody") }, ...(options?.people ?? []).map((person) => ({ id: person.id, label: person.name, mark: <PersonFace person={person} size="small" /> }))]} onChoose={(id) => void give("assignee", id)}>
          <ActionIcon id="marked.assign">
            <UserPlus size={15} />
          </ActionIcon>
        </MarkPicker>
        <MarkPicker {...opens("team")} label={t("Pass to another team…")} choices={options?.teams ?? []} onChoose={(id) => void give("team", id)}>
          <ActionIcon id="marked.team">
            <Users size={15} />
          </ActionIcon>
        </MarkPicker>
        <DialogTrigger {...opens("labels")}>
          <ActionIcon id="marked.labels">
            <Tag size={15} />
          </ActionIcon>
          <Popover className="popover" placement="bottom end" offset={3} data-overlay>
            <Dialog aria-label={t("Add a label…")} className="p-10">
              <LabelForm onLabel={label} />
            </Dialog>
          </Popover>
        </DialogTrigger>
        <DialogTrigger {...opens("priority")}>
          <ActionIcon id="marked.priority">
            <ChevronUp size={15} />
          </ActionIcon>
          <Popover className="popover" placement="bottom end" offset={3} data-overlay>
            <Dialog aria-label={t("Priority from impact and urgency")} className="priority-form">
              {options && <Matrix options={options} impact={2} urgency={2} onChoose={rate} />}
            </Dialog>
          </Popover>
        </DialogTrigger>
        <ActionIcon id="marked.resolve">
          <Check size={15} />
        </ActionIcon>
        <ActionIcon id="marked.watch">
          <Eye size={15} />
        </ActionIcon>
        <ActionIcon id="marked.clear">
          <X size={15} />
        </ActionIcon>
      </div>
      {act.problem && (
        <div className="p-10">
          <Problem message={act.problem.message} retryLabel={t("Close")} onRetry={act.forget} copyLabel={t("Copy details")} />
        </div>
      )}
      {field === "resolve" && (
        <MoveForm of={t("{{count}} tickets", { count: ids.size })} place="" to="" needs={["resolutionCode", "resolutionNotes"]} notes="" onGiven={(given) => each((ticket) => [resolving(ticket, given)]).then(onClear)} onClose={() => setField(undefined)} />
      )}
    </>
  );
}

/** resolving takes the move Go offers; where it offers none, it says so. */
function resolving(ticket: TicketView, given: MoveGiven): Change {
  const move = ticket.moves.find(({ needs }) => needs.includes("resolutionCode"));
  const change = moving(ticket, { ticketId: ticket.row.id, to: move?.to ?? "", ...given });
  if (move) return change;
  return { ...change, run: () => Promise.reject(new DeskError("validation", t("{{number}} cannot be resolved from where it stands.", { number: ticket.row.number }))) };
}

interface MarkPickerProps {
  label: string;
  choices: Choice[];
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  onChoose: (id: string) => void;
  children: React.ReactNode;
}

const MarkPicker = (props: MarkPickerProps) => <Picker {...props} searchLabel={t("Type to choose")} noneLabel={t("Nothing by that name")} />;

function LabelForm({ onLabel }: { onLabel: (label: string) => void }) {
  const [text, setText] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onLabel(text.trim());
      }}
    >
      <TextInput label={t("New label")} hint={t("Enter adds it.")} value={text} onChange={setText} autoFocus />
    </form>
  );
}
