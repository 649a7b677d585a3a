import { useEffect, useRef } from "react";
import { Popover } from "react-aria-components";
import { findAction } from "../lib/actions";
import { t } from "../lib/words";
import { ActionMenu } from "../mark/ActionMenu";
import type { MessageActs } from "./message_acts";

/** MessageMenu is the one menu of all messages; it opens at the button pressed. */
export function MessageMenu({ acts }: { acts: MessageActs }) {
  const anchor = useRef<HTMLElement>(null);
  useEffect(() => void (anchor.current = acts.menu ?? null), [acts.menu]);
  if (!acts.menu) return null;
  anchor.current = acts.menu;
  const entries = acts.offered().map((id) => ({ id, name: findAction(id)?.name ?? id }));
  return (
    <Popover className="popover" triggerRef={anchor} isOpen onOpenChange={(open) => !open && acts.closeMenu()} placement="bottom end" offset={2} data-overlay>
      <ActionMenu label={t("Message")} entries={entries} onChosen={acts.closeMenu} />
    </Popover>
  );
}
