import type { ReactNode } from "react";
import { Autocomplete, Dialog, DialogTrigger, Input, ListBox, ListBoxItem, Popover, SearchField, useFilter } from "react-aria-components";
import { Check } from "./icons";

export interface Choice {
  id: string;
  label: string;
  hint?: string;
  mark?: ReactNode;
}

interface PickerProps {
  label: string;
  choices: Choice[];
  chosen?: string;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  onChoose: (id: string) => void;
  searchLabel: string;
  noneLabel: string;
  /** onSearch fetches choices by typing; without it the list filters itself. */
  onSearch?: (text: string) => void;
  /** children is the button that opens it. */
  children: ReactNode;
  foot?: ReactNode;
}

const longList = 7;

/** Picker chooses one of a list; a long list opens with the cursor in its filter. */
export function Picker(props: PickerProps) {
  const { label, isOpen, onOpenChange, children } = props;
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      {children}
      <Popover className="popover" placement="bottom start" offset={3} data-overlay>
        <Dialog aria-label={label}>
          <PickerList {...props} />
          {props.foot}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function PickerList({ label, choices, chosen, onChoose, onOpenChange, searchLabel, noneLabel, onSearch }: PickerProps) {
  const { contains } = useFilter({ sensitivity: "base" });
  // Choosing what is chosen already clears the selection: it only closes.
  const choose = (key: string | number | undefined) => {
    onOpenChange(false);
    if (key !== undefined) onChoose(String(key));
  };
  const searching = onSearch !== undefined || choices.length > longList;
  const list = (
    <ListBox
      className="option-list"
      aria-label={label}
      items={choices}
      selectionMode="single"
      selectedKeys={chosen === undefined ? [] : [chosen]}
      autoFocus={searching ? undefined : chosen ? true : "first"}
      onSelectionChange={(keys) => choose(keys === "all" ? undefined : keys.values().next().value)}
      renderEmptyState={() => <div className="option-none">{noneLabel}</div>}
    >
      {(choice) => (
        <ListBoxItem className="option" id={choice.id} textValue={choice.label}>
          {choice.mark}
          <span className="cut" dir="auto">
            {choice.label}
          </span>
          {choice.hint && <span className="option-hint">{choice.hint}</span>}
          {choice.id === chosen && <Check size={13} aria-hidden className={choice.hint ? "" : "ms-auto"} />}
        </ListBoxItem>
      )}
    </ListBox>
  );
  if (!searching) return list;
  return (
    <Autocomplete filter={onSearch ? undefined : contains} onInputChange={onSearch}>
      <SearchField className="picker-search" aria-label={searchLabel} autoFocus>
        <Input className="input" placeholder={searchLabel} dir="auto" />
      </SearchField>
      {list}
    </Autocomplete>
  );
}
