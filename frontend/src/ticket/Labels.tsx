import { useState } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { useCaps } from "../mark/ActionButton";
import { Plus, X } from "../ui/icons";
import { Hinted } from "../ui/Button";
import { TextInput } from "../ui/TextInput";
import type { Editing } from "./editing";

/** Labels are added by typing and removed one by one; two people adding at once
 * both keep theirs. */
export function Labels({ ticket, editing }: { ticket: TicketView; editing: Editing }) {
  const [text, setText] = useState("");
  const caps = useCaps("ticket.labels");
  const isOpen = editing.field === "labels";
  const add = () => {
    const label = text.trim();
    setText("");
    if (label && !ticket.labels.includes(label)) editing.label({ add: label });
    editing.open(undefined);
  };
  return (
    <div className="property" data-tall="true">
      <span className="property-name">{t("Labels")}</span>
      <span className="property-labels" data-stitched={editing.isPending("labels")}>
        {ticket.labels.map((label) => (
          <span key={label} className="pill" dir="auto">
            {label}
            {ticket.mayEdit && (
              <AriaButton aria-label={t("Remove {{label}}", { label })} className="label-remove" onPress={() => editing.label({ remove: label })}>
                <X size={11} aria-hidden />
              </AriaButton>
            )}
          </span>
        ))}
        <DialogTrigger isOpen={isOpen} onOpenChange={(open) => editing.open(open ? "labels" : undefined)}>
          <Hinted label={t("Add a label")} caps={caps}>
            <AriaButton className="icon-button" data-size="small" aria-label={t("Add a label")} isDisabled={!ticket.mayEdit}>
              <Plus size={13} aria-hidden />
            </AriaButton>
          </Hinted>
          <Popover className="popover" placement="bottom end" offset={3} data-overlay>
            <Dialog aria-label={t("Add a label")} className="p-10">
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  add();
                }}
              >
                <TextInput label={t("New label")} hint={t("Enter adds it.")} value={text} onChange={setText} autoFocus />
              </form>
            </Dialog>
          </Popover>
        </DialogTrigger>
      </span>
    </div>
  );
}
