import { useState } from "react";
import { useOptions } from "../lib/query";
import type { Clash, Options as DeskOptions } from "../lib/view";
import { t } from "../lib/words";
import { AskSheet } from "../mark/AskSheet";
import { Options } from "../ui/Options";
import { TextInput } from "../ui/TextInput";
import { joined } from "./choice";

const prose = new Set(["title", "description", "resolution_notes", "category"]);

/** offered lists the values a field may take, or nothing when it is free text. */
function offered(field: string, options: DeskOptions | undefined): { id: string; label: string }[] | undefined {
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

/** EditValue writes a third value, starting from what both sides wrote. */
export function EditValue({ field, onClose, onValue }: { field: Clash; onClose: () => void; onValue: (value: string) => void }) {
  const choices = offered(field.field, useOptions().data);
  const [value, setValue] = useState(choices ? field.serverRaw : joined(field));
  return (
    <AskSheet title={t("Edit value: {{field}}", { field: field.label })} does={t("Use this value")} long act={async () => onValue(value)} onClose={onClose}>
      {choices ? (
        <Options label={field.label} options={choices} value={value} onChange={setValue} />
      ) : (
        <TextInput label={field.label} rows={field.parts.length > 0 ? 12 : 4} value={value} onChange={setValue} autoFocus />
      )}
    </AskSheet>
  );
}
