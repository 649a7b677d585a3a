import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { findAction, isReady, run } from "../lib/actions";
import type { Envelope } from "../lib/view";
import { t } from "../lib/words";
import { ActionButton, useCaps } from "../mark/ActionButton";
import { firstName } from "../mark/PersonFace";
import { ChevronDown } from "../ui/icons";
import { Kbd } from "../ui/Kbd";
import type { DraftKind } from "./drafts";

/** SendButton says who will read it; the menu beside it sends and does one thing
 * more. */
export function SendButton({ kind, envelope }: { kind: DraftKind; envelope: Envelope }) {
  return (
    <>
      <ActionButton id="compose.send" kind="primary">
        {kind === "note" ? t("Add note") : sendWords(envelope)}
      </ActionButton>
      {kind === "reply" && <SendMenu />}
    </>
  );
}

export function sendWords({ to, cc }: Envelope): string {
  const [first, ...rest] = [...to, ...cc];
  if (!first) return t("Send");
  const name = firstName(first);
  return rest.length === 0 ? t("Send to {{name}}", { name }) : t("Send to {{name}} and {{count}} others", { name, count: rest.length });
}

function SendMenu() {
  return (
    <MenuTrigger>
      <AriaButton className="icon-button" aria-label={t("Send, and…")}>
        <ChevronDown size={15} aria-hidden />
      </AriaButton>
      <Popover className="popover" placement="top end" offset={3} data-overlay>
        <Menu className="option-list" onAction={(id) => run(String(id))} aria-label={t("Send, and…")}>
          <Entry id="compose.resolve" />
          <Entry id="compose.wait" />
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function Entry({ id }: { id: string }) {
  const action = findAction(id);
  const caps = useCaps(id);
  if (!action) return null;
  return (
    <MenuItem id={id} className="option" textValue={action.name} isDisabled={!isReady(action)}>
      {action.name}
      {caps && (
        <span className="option-hint">
          <Kbd caps={caps} />
        </span>
      )}
    </MenuItem>
  );
}
