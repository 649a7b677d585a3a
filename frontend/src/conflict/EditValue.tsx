import { useOptions } from "../lib/query";
import { useUnfinished } from "../lib/unfinished";
import type { Clash, Options as DeskOptions } from "../lib/view";
import { t } from "../lib/words";
import { AskSheet } from "../mark/AskSheet";
import { Options } from "../ui/Options";
import { TextInput } from "../ui/TextInput";
import { joined } from "./choice";

const prose = new Set(["title", "description", "resolution_notes", "category"]);

/** offered lists the values a field may take, or nothing when it is free text. */
export function offered(field: string, options: DeskOptions | undefined): { id: string; label: string }[] | undefined {
  if (!options || prose.has(field)) return undefined;
  const people = options.people.map((person) => ({ id: person.id, label: person.name }));
  const lists: Record<string, { id: string; label: string }[]> = {
    assignee: people,
    team: options.teams,
    service: options.services,
    impact: options.impacts,
    urgency: options.urgencies,
    priority: options.priorities,
    kind: options.kinds,
  };
  return lists[field];
}

interface EditValueProps {
  field: Clash;
  /** written is the third value that was written before. */
  written: string | undefined;
  onClose: () => void;
  onValue: (value: string) => void;
}

/** EditValue writes a third value, starting from what both sides wrote. */
export function EditValue({ field, written, onClose, onValue }: EditValueProps) {
  const choices = offered(field.field, useOptions().data);
  const start = written ?? (choices ? field.serverRaw : joined(field));
  const { value, change, finish } = useUnfinished(`clash value ${field.id}`, start, { lasts: true });
  return (
    <AskSheet title={t("Edit value: {{field}}", { field: field.label })} does={t("Use this value")} long act={async () => (finish(), onValue(value))} onClose={onClose}>
      {choices ? (
        <Options label={field.label} options={choices} value={value} onChange={change} />
      ) : (
        <TextInput label={field.label} rows={field.parts.length > 0 ? 12 : 4} value={value} onChange={change} autoFocus />
      )}
    </AskSheet>
  );
}
