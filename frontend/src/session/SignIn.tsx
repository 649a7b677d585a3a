import { useState } from "react";
import { useAct } from "../lib/act";
import { desk } from "../lib/desk";
import type { SessionState } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { TextInput } from "../ui/TextInput";

const deviceName = () => (/mac/i.test(navigator.platform) ? t("Mac") : /win/i.test(navigator.platform) ? t("Windows computer") : t("Linux computer"));

/** SignIn enrols this device at a server. */
export function SignIn({ server: known, onOpen }: { server: string; onOpen: (next: SessionState) => void }) {
  const [server, setServer] = useState(known);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [device, setDevice] = useState(deviceName);
  const act = useAct();
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    void act.run(async () => onOpen(await desk.session.signIn({ server: server.trim(), email: email.trim(), password, device: device.trim() })));
  };
  return (
    <form className="start-form" onSubmit={submit}>
      <TextInput label={t("Server")} placeholder="https://desk.example.com" value={server} onChange={setServer} isRequired autoFocus inputMode="url" autoComplete="url" />
      <TextInput label={t("Mail address")} value={email} onChange={setEmail} isRequired inputMode="email" autoComplete="username" />
      <TextInput label={t("Password")} type="password" value={password} onChange={setPassword} isRequired autoComplete="current-password" />
      <TextInput label={t("Name of this device")} hint={t("Your administrator sees it in the list of devices.")} value={device} onChange={setDevice} isRequired />
      {act.problem && <Problem message={act.problem.message} copyLabel={t("Copy details")} />}
      <Button type="submit" kind="primary" isDisabled={act.busy || !server.trim() || !email.trim() || !password || !device.trim()}>
        {act.busy ? t("Signing in") : t("Sign in")}
      </Button>
      <p className="field-hint">{t("Your own tickets arrive first. After that everything works without a network.")}</p>
    </form>
  );
}
