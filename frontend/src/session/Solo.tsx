import { useState } from "react";
import { useAct } from "../lib/act";
import { desk } from "../lib/desk";
import type { SessionState } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { TextInput } from "../ui/TextInput";
import { Tick } from "../ui/Tick";

/** Solo opens a workspace without a server, to grow into a team's later. */
export function Solo({ onOpen }: { onOpen: (next: SessionState) => void }) {
  const [workspace, setWorkspace] = useState("");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [demo, setDemo] = useState(false);
  const act = useAct();
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    void act.run(async () => onOpen(await desk.session.startSolo({ workspace: workspace.trim(), name: name.trim(), email: email.trim(), demo })));
  };
  return (
    <form className="start-form" onSubmit={submit}>
      <TextInput label={t("Workspace")} hint={t("The name of your company or team.")} value={workspace} onChange={setWorkspace} isRequired autoFocus />
      <TextInput label={t("Your name")} value={name} onChange={setName} isRequired autoComplete="name" />
      <TextInput label={t("Your mail address")} value={email} onChange={setEmail} isRequired inputMode="email" autoComplete="email" />
      <Tick on={demo} onChange={setDemo}>
        {t("Fill it with an invented company, to try things out")}
      </Tick>
      {act.problem && <Problem message={act.problem.message} copyLabel={t("Copy details")} />}
      <Button type="submit" kind="primary" isDisabled={act.busy || !workspace.trim() || !name.trim() || !email.trim()}>
        {act.busy ? t("Opening") : t("Open workspace")}
      </Button>
      <p className="field-hint">{t("Everything stays on this computer. A team can take the same workspace over later.")}</p>
    </form>
  );
}
