import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { toDeskError } from "../lib/backend";
import { desk } from "../lib/desk";
import { useUnfinished } from "../lib/unfinished";
import type { MailboxesView, MailboxForm } from "../lib/view";
import { t } from "../lib/words";
import { AskSheet } from "../mark/AskSheet";
import { Problem } from "../ui/Problem";
import { Sheet } from "../ui/Sheet";
import { TextInput } from "../ui/TextInput";
import { type Filling, filled, freshForm, guessOf, noSecrets, otherSender, type Secrets, unfilled } from "./connect";
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
 * changes nothing. Closed by mistake it is found as it was, but for its secrets. */
function ConnectForm({ view, stands, onClose }: { view: MailboxesView; stands: MailboxForm | undefined; onClose: () => void }) {
  const { value: filling, change: fillIn, finish } = useUnfinished(`mailbox ${stands?.id ?? ""}`, unfilled);
  const form = filled(stands ?? freshForm(), filling);
  const [secrets, setSecrets] = useState<Secrets>(noSecrets);
  // A guess may come while the person writes on.
  const latest = useRef(filling);
  const put = (next: Filling) => fillIn((latest.current = next));
  const change = (part: Partial<MailboxForm>) => put({ ...latest.current, written: { ...latest.current.written, ...part } });
  const guess = async (signIn: string) => {
    if (stands) return;
    const found = await desk.mailbox.guess({ address: form.address, signIn }).catch(() => undefined); // half an address is no mistake yet
    if (found) put({ ...latest.current, guess: guessOf(found) });
  };
  useEffect(() => () => void desk.mailbox.giveUp().catch(() => undefined), []);
  const sender = otherSender(view, form.address, stands);
  const connect = () => desk.mailbox.connect({ form: { ...form, sends: form.sends && !sender }, ...secrets }).then(finish);
  const startOver = () => {
    put(unfilled);
    finish();
    setSecrets(noSecrets);
  };
  return (
    <AskSheet
      title={stands ? t("Change {{address}}", { address: stands.address }) : t("Connect a mailbox")}
      does={stands ? t("Try and change") : t("Try and connect")}
      doing={t("Trying it at the mail servers")}
      isReady={form.address.trim() !== ""}
      long
      act={connect}
      onStartOver={Object.keys(filling.written).length > 0 ? startOver : undefined}
      touched={[["mailbox"], ["sync"]]}
      onClose={onClose}
    >
      <div className="connect">
        <div className="connect-row">
          <TextInput label={t("Address")} type="email" autoComplete="off" value={form.address} onChange={(address) => change({ address })} onBlur={() => void guess(filling.written.signIn && form.signIn !== "password" ? form.signIn : "")} isRequired autoFocus={!stands} />
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
