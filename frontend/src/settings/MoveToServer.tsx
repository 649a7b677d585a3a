import { useState } from "react";
import { useAct } from "../lib/act";
import { desk } from "../lib/desk";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { TextInput } from "../ui/TextInput";

/** MoveToServer makes a team's workspace of one on this computer, once a server
 * was started on a copy of its folder. */
export function MoveToServer({ folder }: { folder: string }) {
  const [server, setServer] = useState("");
  const act = useAct();
  return (
    <section>
      <h2>{t("Move to a server")}</h2>
      <ol className="settings-steps">
        <li>
          {t("Close the workspace and copy this folder to the server:")} <code dir="ltr">{folder}</code>
        </li>
        <li>
          {t("Start the server on the copy:")} <code dir="ltr">holdalld serve --data FOLDER</code>
        </li>
        <li>{t("Open the workspace again and say where the server is. What was done here meanwhile is sent there; from then on this computer keeps a copy, as every other one.")}</li>
      </ol>
      <form
        className="settings-line"
        onSubmit={(event) => {
          event.preventDefault();
          void act.run(() => desk.session.moveToServer({ server }), [["session"]]);
        }}
      >
        <TextInput label={t("Address of the server")} placeholder="https://desk.example.com" value={server} onChange={setServer} />
        <Button type="submit" isDisabled={act.busy || server.trim() === ""}>
          {t("Move")}
        </Button>
      </form>
      {act.problem && <Problem message={act.problem.message} />}
    </section>
  );
}
