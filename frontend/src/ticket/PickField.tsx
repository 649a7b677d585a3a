import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import { t } from "../lib/words";
import { useCaps } from "../mark/ActionButton";
import { Badge } from "../mark/Badges";
import { ChevronsUpDown } from "../ui/icons";
import { Kbd } from "../ui/Kbd";
import { type Choice, Picker } from "../ui/Picker";

/** Field is a line of the properties that is only read. */
export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="property">
      <span className="property-name">{label}</span>
      <span className="property-value">{children}</span>
    </div>
  );
}

/** FieldButton is the value of a field, pressed to edit it where it stands. */
export function FieldButton(props: { label: string; isOpen: boolean; isDisabled?: boolean; pending: boolean; caps?: string[]; children: ReactNode }) {
  return (
    <AriaButton className="property-value" data-open={props.isOpen} data-stitched={props.pending} isDisabled={props.isDisabled}>
      <span className="sr-only">{props.label}</span>
      {props.children}
      <span className="grow" />
      {props.pending && <Badge kind="pending" />}
      {props.caps && !props.isOpen && (
        <span className="property-key" aria-hidden>
          <Kbd caps={props.caps} />
        </span>
      )}
      {props.isOpen && <ChevronsUpDown size={13} aria-hidden />}
    </AriaButton>
  );
}

interface PickFieldProps {
  label: string;
  action?: string;
  choices: Choice[];
  chosen?: string;
  pending: boolean;
  isDisabled?: boolean;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  onChoose: (id: string) => void;
  children: ReactNode;
}

/** PickField is a field whose value is one of a list. */
export function PickField({ label, action, pending, isDisabled, children, ...picker }: PickFieldProps) {
  const caps = useCaps(action ?? "");
  return (
    <div className="property">
      <span className="property-name" aria-hidden>
        {label}
      </span>
      <Picker {...picker} label={label} searchLabel={t("Type to choose")} noneLabel={t("Nothing by that name")}>
        <FieldButton label={label} isOpen={picker.isOpen} isDisabled={isDisabled} pending={pending} caps={caps}>
          {children}
        </FieldButton>
      </Picker>
    </div>
  );
}
