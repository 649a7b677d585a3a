import { useEffect, useRef } from "react";
import { Menu, MenuItem, Popover } from "react-aria-components";
import { findAction, run } from "../lib/actions";
import { t } from "../lib/words";
import { useCaps } from "../mark/ActionButton";
import { Kbd } from "../ui/Kbd";
import type { MessageActs } from "./message_acts";

/** MessageMenu is the one menu of all messages; it opens at the button pressed. */
export function MessageMenu({ acts }: { acts: MessageActs }) {
  const anchor = useRef<HTMLElement>(null);
  useEffect(() => void (anchor.current = acts.menu ?? null), [acts.menu]);
  if (!acts.menu) return null;
  anchor.current = acts.menu;
  return (
    <Popover className="popover" triggerRef={anchor} isOpen onOpenChange={(open) => !open && acts.closeMenu()} placement="bottom end" offset={2} data-overlay>
      <Menu
        className="option-list"
        aria-label={t("Message")}
        autoFocus="first"
        onAction={(id) => {
          acts.closeMenu();
          run(String(id));
        }}
      >
        {acts.offered().map((id) => (
          <MenuItem key={id} id={id} className="option" textValue={findAction(id)?.name}>
            {findAction(id)?.name}
            <Caps id={id} />
          </MenuItem>
        ))}
      </Menu>
    </Popover>
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
