import { useId, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { t } from "../lib/words";
import { ChevronsUpDown } from "../ui/icons";
import { type Choice, Picker } from "../ui/Picker";

/** Pick is a field that chooses one of a list. */
export function Pick(props: { label: string; choices: Choice[]; value: string; isDisabled?: boolean; onChange: (id: string) => void }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const chosen = props.choices.find((choice) => choice.id === props.value);
  return (
    <div className="field">
      <span className="field-label" id={id}>
        {props.label}
      </span>
      <Picker label={props.label} choices={props.choices} chosen={props.value} isOpen={open} onOpenChange={setOpen} onChoose={props.onChange} searchLabel={t("Type to choose")} noneLabel={t("Nothing by that name")}>
        <AriaButton className="pick" aria-describedby={id} isDisabled={props.isDisabled}>
          <span className="cut grow" data-none={props.value === ""} dir="auto">
            {chosen?.label ?? props.value}
          </span>
          <ChevronsUpDown size={13} aria-hidden />
        </AriaButton>
      </Picker>
    </div>
  );
}
