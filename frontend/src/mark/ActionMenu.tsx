import type { ReactNode } from "react";
import { Menu, MenuItem } from "react-aria-components";
import { run } from "../lib/actions";
import { Kbd } from "../ui/Kbd";
import { useCaps } from "./ActionButton";

interface ActionMenuProps {
  label: string;
  entries: { id: string; name: string; mark?: ReactNode }[];
  /** onChosen comes before the act, which may open a sheet in the menu's place. */
  onChosen?: () => void;
}

/** ActionMenu offers registered actions, each with its key. */
export function ActionMenu({ label, entries, onChosen }: ActionMenuProps) {
  const choose = (id: string) => {
    onChosen?.();
    run(id);
  };
  return (
    <Menu className="option-list" aria-label={label} autoFocus="first" onAction={(id) => choose(String(id))}>
      {entries.map(({ id, name, mark }) => (
        <MenuItem key={id} id={id} className="option" textValue={name}>
          {mark}
          {name}
          <Caps id={id} />
        </MenuItem>
      ))}
    </Menu>
  );
}

function Caps({ id }: { id: string }) {
  const caps = useCaps(id);
  return caps ? (
    <span className="option-hint">
      <Kbd caps={caps} />
    </span>
  ) : null;
}
