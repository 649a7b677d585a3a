import { useState } from "react";
import { desk } from "../lib/desk";
import { useSession } from "../lib/query";
import { t } from "../lib/words";
import { AskSheet } from "../mark/AskSheet";
import { TextInput } from "../ui/TextInput";

/** SignInAgain lets this device in again at its server, as the one it is. */
export function SignInAgain({ onClose }: { onClose: () => void }) {
  const session = useSession().data;
  const known = session?.user.email ?? "";
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const act = () => desk.session.signInAgain({ email, password });
  return (
    <AskSheet title={t("Sign in again")} does={t("Sign in")} doing={t("Signing in")} isReady={email.trim() !== "" && password !== ""} act={act} touched={[["session"], ["sync"]]} onClose={onClose}>
      <p className="text-muted">{t("At {{server}}. What is on this device stays, and what was not sent leaves afterwards.", { server: session?.server ?? "" })}</p>
      <TextInput label={t("Mail address")} value={email} onChange={setEmail} inputMode="email" autoComplete="username" autoFocus={known === ""} />
      <TextInput label={t("Password")} type="password" value={password} onChange={setPassword} autoComplete="current-password" autoFocus={known !== ""} />
    </AskSheet>
  );
}
