import { useState } from "react";
import { useAct } from "../lib/act";
import { desk } from "../lib/desk";
import type { MailboxCard } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { Sheet } from "../ui/Sheet";
import { TextInput } from "../ui/TextInput";

/** RenewSheet takes another password for a mailbox. The hub tries it at the mail
 * server before it is kept, so a wrong one changes nothing. */
export function RenewSheet({ box, onClose }: { box: MailboxCard; onClose: () => void }) {
  const [password, setPassword] = useState("");
  const act = useAct();
  const ready = password !== "" && !act.busy;
  const submit = async () => {
    if (ready && (await act.run(() => desk.mailbox.renew({ id: box.id, password }), [["mailbox"]]))) onClose();
  };
  return (
    <Sheet
      title={t("Connect {{address}} again", { address: box.address })}
      closeLabel={t("Close, change nothing")}
      onClose={onClose}
      foot={
        <Button kind="primary" isDisabled={!ready} onPress={() => void submit()}>
          {act.busy ? t("Trying it at the mail server") : t("Connect")}
        </Button>
      }
    >
      <form
        className="flex flex-col gap-12"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextInput label={t("Password")} type="password" autoComplete="off" value={password} onChange={setPassword} autoFocus hint={t("{{server}} is asked first. The hub keeps the password sealed; this device keeps nothing of it.", { server: box.server })} />
        {act.problem && <Problem message={act.problem.message} copyLabel={t("Copy details")} />}
      </form>
    </Sheet>
  );
}
