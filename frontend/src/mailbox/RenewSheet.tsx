import { useState } from "react";
import { desk } from "../lib/desk";
import type { MailboxCard } from "../lib/view";
import { t } from "../lib/words";
import { AskSheet } from "../mark/AskSheet";
import { TextInput } from "../ui/TextInput";

/** RenewSheet takes another password for a mailbox. The hub tries it at the mail
 * server before it is kept, so a wrong one changes nothing. */
export function RenewSheet({ box, onClose }: { box: MailboxCard; onClose: () => void }) {
  const [password, setPassword] = useState("");
  const renew = () => desk.mailbox.renew({ id: box.id, password });
  return (
    <AskSheet title={t("Connect {{address}} again", { address: box.address })} does={t("Connect")} doing={t("Trying it at the mail server")} isReady={password !== ""} act={renew} touched={[["mailbox"]]} onClose={onClose}>
      <TextInput label={t("Password")} type="password" autoComplete="off" value={password} onChange={setPassword} autoFocus hint={t("{{server}} is asked first. The hub keeps the password sealed; this device keeps nothing of it.", { server: box.server })} />
    </AskSheet>
  );
}
