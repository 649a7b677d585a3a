import { useQuery } from "@tanstack/react-query";
import { useAct } from "../lib/act";
import { desk, openOutside } from "../lib/desk";
import { client } from "../lib/query";
import { timeOfDay } from "../lib/time";
import type { AskView, MailboxForm } from "../lib/view";
import { t } from "../lib/words";
import { Pick } from "../mark/Pick";
import { Button } from "../ui/Button";
import { Check } from "../ui/icons";
import { Problem } from "../ui/Problem";
import { TextInput } from "../ui/TextInput";
import { type Secrets, signIns } from "./connect";

interface SignInFieldsProps {
  form: MailboxForm;
  secrets: Secrets;
  isNew: boolean;
  onChange: (part: Partial<MailboxForm>) => void;
  onSecret: (part: Partial<Secrets>) => void;
  onSignIn: (signIn: string) => void;
}

/** SignInFields are what opens the mailbox: a password, or what a person allows at
 * the provider in the browser they trust. */
export function SignInFields({ form, secrets, isNew, onChange, onSecret, onSignIn }: SignInFieldsProps) {
  const hint = isNew ? t("The hub keeps it sealed; this device keeps nothing of it.") : t("Empty: the one that stands. Another server wants it again.");
  return (
    <>
      <div className="connect-row">
        <Pick label={t("Signs in with")} choices={signIns()} value={form.signIn} onChange={onSignIn} />
        {form.signIn === "password" && <TextInput label={t("Password")} type="password" autoComplete="off" value={secrets.password} onChange={(password) => onSecret({ password })} hint={hint} />}
        {form.signIn === "microsoft" && <TextInput label={t("Organisation")} placeholder={t("the account’s")} value={form.tenant} onChange={(tenant) => onChange({ tenant })} hint={t("Its domain or id at Microsoft")} />}
      </div>
      {form.signIn !== "password" && <ProviderFields form={form} secrets={secrets} onChange={onChange} onSecret={onSecret} />}
    </>
  );
}

function ProviderFields({ form, secrets, onChange, onSecret }: ProviderFieldsProps) {
  return (
    <>
      <div className="connect-row">
        <TextInput label={t("Client id")} value={form.clientId} onChange={(clientId) => onChange({ clientId })} hint={t("Of this program, as it is registered at the provider")} />
        {form.signIn !== "microsoft" && <TextInput label={t("Client secret")} type="password" autoComplete="off" placeholder={t("none")} value={secrets.clientSecret} onChange={(clientSecret) => onSecret({ clientSecret })} />}
      </div>
      {form.signIn === "other" && (
        <>
          <div className="connect-row">
            <TextInput label={t("Where people are asked")} placeholder="https://" value={form.authUrl} onChange={(authUrl) => onChange({ authUrl })} />
            <TextInput label={t("Where tokens are given")} placeholder="https://" value={form.tokenUrl} onChange={(tokenUrl) => onChange({ tokenUrl })} />
          </div>
          <TextInput label={t("Scopes, between spaces")} value={form.scopes} onChange={(scopes) => onChange({ scopes })} />
        </>
      )}
      <Question form={form} clientSecret={secrets.clientSecret} />
    </>
  );
}

type ProviderFieldsProps = Omit<SignInFieldsProps, "isNew" | "onSignIn">;

/** Question leads to the provider and tells what was said there. */
function Question({ form, clientSecret }: { form: MailboxForm; clientSecret: string }) {
  const asked = useQuery({ queryKey: ["mailboxes", "asked"], queryFn: desk.mailbox.asked, staleTime: 0, gcTime: 0 }).data;
  const act = useAct();
  const ask = (device: boolean) =>
    !act.busy &&
    void act.run(async () => {
      const next = await desk.mailbox.ask({ form, clientSecret, device });
      client.setQueryData(["mailboxes", "asked"], next);
      if (next.url) openOutside(next.url);
    });
  return (
    <div className="connect-question" role="status">
      <Button onPress={() => ask(false)}>
        {asked?.state === "asking" || asked?.state === "failed" ? t("Ask again in the browser") : t("Allow it in the browser")}
      </Button>
      {form.signIn === "microsoft" && (
        <Button kind="quiet" onPress={() => ask(true)}>
          {t("By a code")}
        </Button>
      )}
      {asked && <Said asked={asked} />}
      {(act.problem ?? asked?.problem) && <Problem message={act.problem?.message ?? asked?.problem ?? ""} />}
    </div>
  );
}

function Said({ asked }: { asked: AskView }) {
  if (asked.state === "allowed") {
    return (
      <span className="connect-allowed">
        <Check size={15} aria-hidden /> {t("Allowed. It can be connected now.")}
      </span>
    );
  }
  if (asked.state !== "asking") return null;
  return <span className="text-muted">{asked.code ? t("Type {{code}} at {{url}} before {{time}}.", { code: asked.code, url: asked.url, time: timeOfDay(asked.until) }) : t("Waiting for the browser.")}</span>;
}
