import { Button as AriaButton, MenuTrigger, Popover } from "react-aria-components";
import { useSession } from "../lib/query";
import { t } from "../lib/words";
import { ActionMenu } from "../mark/ActionMenu";
import { ChevronsUpDown } from "../ui/icons";
import { NamedIcon } from "./NamedIcon";

/** WorkspaceMenu names the workspace and leads out of it. */
export function WorkspaceMenu() {
  const session = useSession().data;
  const entries = [
    { id: "go.settings", name: t("Settings"), mark: <NamedIcon name="settings-2" /> },
    { id: "window.keys", name: t("All keys"), mark: <NamedIcon name="keyboard" /> },
    { id: "session.leave", name: session?.solo ? t("Close the workspace") : t("Sign out"), mark: <NamedIcon name="log-out" /> },
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
        <ActionMenu label={t("Workspace")} entries={entries} />
      </Popover>
    </MenuTrigger>
  );
}
