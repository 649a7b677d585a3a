import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { ChecklistItem, TicketView } from "../lib/view";
import { t } from "../lib/words";
import { Badge } from "../mark/Badges";
import { Button, IconButton } from "../ui/Button";
import { PenLine, X } from "../ui/icons";
import { Tick } from "../ui/Tick";
import type { Editing } from "./editing";
import { Words } from "./Words";

/** Checklist is what is to be done on the ticket; two people who tick at once
 * both have ticked. */
export function Checklist({ ticket, editing }: { ticket: TicketView; editing: Editing }) {
  const { checklist, mayEdit } = ticket;
  const done = checklist.filter((item) => item.done).length;
  const isOpen = editing.field === "checklist";
  const section = useRef<HTMLDivElement>(null);
  if (checklist.length === 0 && !isOpen) return null;
  // Of an empty list nothing stays that could take the keyboard but the ticket.
  const close = () => {
    const pane = section.current?.closest(".ticket-panes")?.querySelector<HTMLElement>(".pane");
    flushSync(() => editing.open(undefined));
    (section.current?.querySelector<HTMLElement>(":scope > button") ?? pane)?.focus();
  };
  return (
    <div ref={section} className="properties-section">
      <h3>
        {t("Checklist")} <span className="tabular">{t("{{done}} of {{total}}", { done, total: checklist.length })}</span>
      </h3>
      <ul className="checklist">
        {checklist.map((item) => (
          <Item key={item.id} item={item} editing={editing} mayEdit={mayEdit} />
        ))}
      </ul>
      {isOpen ? (
        <Words label={t("New item")} start="" onDone={(add) => (add ? editing.check({ add }) : close())} />
      ) : (
        <Button kind="quiet" size="small" isDisabled={!mayEdit} onPress={() => editing.open("checklist")}>
          {t("Add an item")}
        </Button>
      )}
    </div>
  );
}

function Item({ item, editing, mayEdit }: { item: ChecklistItem; editing: Editing; mayEdit: boolean }) {
  const [isEditing, setEditing] = useState(false);
  const line = useRef<HTMLLIElement>(null);
  const done = (text: string, began: string) => {
    flushSync(() => setEditing(false));
    line.current?.querySelector<HTMLElement>(".checklist-acts button")?.focus();
    if (text && text !== began) editing.patch(`checklist.${item.id}`, text, { began });
  };
  if (isEditing) {
    return (
      <li ref={line}>
        <Words label={t("Words of the item")} start={item.text} onDone={done} />
      </li>
    );
  }
  return (
    <li ref={line} data-stitched={item.pending}>
      <Tick on={item.done} isDisabled={!mayEdit} onChange={(on) => editing.check(on ? { tick: item.id } : { untick: item.id })}>
        <span dir="auto" title={item.done ? t("Done by {{name}}", { name: item.by.name }) : undefined}>
          {item.text}
        </span>
      </Tick>
      <span className="grow" />
      {item.pending && <Badge kind="pending" />}
      {mayEdit && (
        <span className="checklist-acts">
          <IconButton size="small" label={t("Change “{{text}}”", { text: item.text })} onPress={() => setEditing(true)}>
            <PenLine size={13} aria-hidden />
          </IconButton>
          <IconButton size="small" label={t("Take “{{text}}” off the list", { text: item.text })} onPress={() => editing.check({ remove: item.id })}>
            <X size={13} aria-hidden />
          </IconButton>
        </span>
      )}
    </li>
  );
}
