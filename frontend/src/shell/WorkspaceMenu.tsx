import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { run } from "../lib/actions";
import { useSession } from "../lib/query";
import { t } from "../lib/words";
import { useCaps } from "../mark/ActionButton";
import { ChevronsUpDown } from "../ui/icons";
import { Kbd } from "../ui/Kbd";
import { NamedIcon } from "./NamedIcon";

/** WorkspaceMenu names the workspace and leads out of it. */
export function WorkspaceMenu() {
  const session = useSession().data;
  const entries = [
    { id: "go.settings", name: t("Settings"), icon: "settings-2" },
    { id: "window.keys", name: t("All keys"), icon: "keyboard" },
    { id: "session.leave", name: session?.solo ? t("Close the workspace") : t("Sign out"), icon: "log-out" },
  ];
  return (
    <MenuTrigger>
      <AriaButton className="side-workspace" aria-label={t("Workspace {{name}}", { name: session?.workspace ?? "" })}>
        <span className="cut" dir="auto">
          {session?.workspace}
        </span>
        <ChevronsUpDown size={13} aria-hidden />
      </AriaButton>
      <Popover className="popover" placement="bottom start" offset={2}>
        <Menu className="option-list" onAction={(id) => run(String(id))} aria-label={t("Workspace")}>
          {entries.map((entry) => (
            <MenuItem key={entry.id} id={entry.id} className="option" textValue={entry.name}>
              <NamedIcon name={entry.icon} />
              {entry.name}
              <Caps id={entry.id} />
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
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
