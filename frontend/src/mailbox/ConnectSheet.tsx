import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { toDeskError } from "../lib/backend";
import { desk } from "../lib/desk";
import type { MailboxesView, MailboxForm } from "../lib/view";
import { t } from "../lib/words";
import { AskSheet } from "../mark/AskSheet";
import { Problem } from "../ui/Problem";
import { Sheet } from "../ui/Sheet";
import { TextInput } from "../ui/TextInput";
import { fill, freshForm, noSecrets, otherSender, type Secrets } from "./connect";
import { FolderFields, SendingFields, ServerFields } from "./ServerFields";
import { SignInFields } from "./SignInFields";

interface ConnectSheetProps {
  view: MailboxesView;
  /** id names the mailbox that is changed; empty: a new one. */
  id: string;
  onClose: () => void;
}

/** ConnectSheet connects a mailbox, or changes how one is reached. */
export function ConnectSheet({ view, id, onClose }: ConnectSheetProps) {
  const stands = useQuery({ queryKey: ["mailboxes", "setup", id], queryFn: () => desk.mailbox.setup(id), enabled: id !== "", staleTime: 0, gcTime: 0 });
  if (id && !stands.data) {
    return (
      <Sheet title={t("Change the mailbox")} closeLabel={t("Close")} onClose={onClose}>
        {stands.error ? <Problem message={toDeskError(stands.error).message} retryLabel={t("Try again")} onRetry={() => void stands.refetch()} /> : <p className="text-muted">{t("The hub is asked how it is reached.")}</p>}
      </Sheet>
    );
  }
  return <ConnectForm view={view} stands={stands.data} onClose={onClose} />;
}

/** ConnectForm is tried at the mail servers before anything is kept, so a mistake
 * changes nothing. */
function ConnectForm({ view, stands, onClose }: { view: MailboxesView; stands: MailboxForm | undefined; onClose: () => void }) {
  const [form, setForm] = useState(() => stands ?? freshForm());
  const [secrets, setSecrets] = useState<Secrets>(noSecrets);
  const touched = useRef(new Set<string>());
  const change = (part: Partial<MailboxForm>) => {
    for (const field of Object.keys(part)) touched.current.add(field);
    setForm((was) => ({ ...was, ...part }));
  };
  const guess = async (signIn: string) => {
    if (stands) return;
    const found = await desk.mailbox.guess({ address: form.address, signIn }).catch(() => undefined); // half an address is no mistake yet
    if (found) setForm((was) => fill(was, found, touched.current));
  };
  useEffect(() => () => void desk.mailbox.giveUp().catch(() => undefined), []);
  const sender = otherSender(view, form.address, stands);
  return (
    <AskSheet
      title={stands ? t("Change {{address}}", { address: stands.address }) : t("Connect a mailbox")}
      does={stands ? t("Try and change") : t("Try and connect")}
      doing={t("Trying it at the mail servers")}
      isReady={form.address.trim() !== ""}
      long
      act={() => desk.mailbox.connect({ form: { ...form, sends: form.sends && !sender }, ...secrets })}
      touched={[["mailbox"], ["sync"]]}
      onClose={onClose}
    >
      <div className="connect">
        <div className="connect-row">
          <TextInput label={t("Address")} type="email" autoComplete="off" value={form.address} onChange={(address) => change({ address })} onBlur={() => void guess(touched.current.has("signIn") && form.signIn !== "password" ? form.signIn : "")} isRequired autoFocus={!stands} />
          <TextInput label={t("Name in answers")} placeholder={t("the workspace’s")} value={form.name} onChange={(name) => change({ name })} />
        </div>
        <SignInFields
          form={form}
          secrets={secrets}
          isNew={!stands}
          onChange={change}
          onSecret={(part) => setSecrets((was) => ({ ...was, ...part }))}
          onSignIn={(signIn) => {
            change({ signIn });
            if (signIn === "microsoft" || signIn === "google") void guess(signIn);
          }}
        />
        <ServerFields legend={t("Reading")} kind="imap" form={form} onChange={change} />
        <FolderFields form={form} onChange={change} />
        <SendingFields form={form} sender={sender} secrets={secrets} onChange={change} onSecret={(part) => setSecrets((was) => ({ ...was, ...part }))} />
      </div>
    </AskSheet>
  );
}
