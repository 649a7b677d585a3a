import type { MailboxCard, MailboxForm } from "../lib/view";
import { t } from "../lib/words";
import { Pick } from "../mark/Pick";
import { TextInput } from "../ui/TextInput";
import { Tick } from "../ui/Tick";
import { port, protections, type Secrets } from "./connect";

interface FieldsProps {
  form: MailboxForm;
  onChange: (part: Partial<MailboxForm>) => void;
}

/** ServerFields are one mail server: its name, port and protection, and who signs
 * in where that is not the address. */
export function ServerFields({ legend, kind, form, onChange }: FieldsProps & { legend: string; kind: "imap" | "smtp" }) {
  const { [`${kind}Host` as const]: host, [`${kind}Port` as const]: number, [`${kind}Tls` as const]: tls, [`${kind}User` as const]: user } = form;
  return (
    <fieldset className="connect-group">
      <legend className="field-label">{legend}</legend>
      <div className="connect-row" data-columns="server">
        <TextInput label={t("Server")} placeholder={kind === "imap" ? "imap.example.com" : "smtp.example.com"} value={host} onChange={(next) => onChange({ [`${kind}Host`]: next })} />
        <TextInput label={t("Port")} inputMode="numeric" value={number ? String(number) : ""} onChange={(next) => onChange({ [`${kind}Port`]: port(next) })} />
        <Pick label={t("Protection")} choices={protections()} value={tls} onChange={(next) => onChange({ [`${kind}Tls`]: next })} />
      </div>
      <TextInput label={t("User name")} placeholder={kind === "imap" ? t("the address") : t("as for reading")} autoComplete="off" value={user} onChange={(next) => onChange({ [`${kind}User`]: next })} />
    </fieldset>
  );
}

/** FolderFields are what is read, and where copies of answers stand. */
export function FolderFields({ form, onChange }: FieldsProps) {
  return (
    <div className="connect-group">
      <div className="connect-row">
        <TextInput label={t("Folder that is read")} value={form.folder} onChange={(folder) => onChange({ folder })} />
        <TextInput label={t("Folder of sent mails")} placeholder={t("none")} value={form.sent} onChange={(sent) => onChange({ sent, keepSent: form.keepSent && sent !== "" })} />
      </div>
      <Tick on={form.keepSent} isDisabled={form.sent.trim() === ""} onChange={(keepSent) => onChange({ keepSent })}>
        {t("Put copies of answers there, as the mail server does not")}
      </Tick>
    </div>
  );
}

interface SendingFieldsProps extends FieldsProps {
  /** sender is what answers of the address leave by instead. */
  sender: MailboxCard | undefined;
  secrets: Secrets;
  onSecret: (part: Partial<Secrets>) => void;
}

/** SendingFields are how answers leave on what comes by the mailbox. */
export function SendingFields({ form, sender, secrets, onChange, onSecret }: SendingFieldsProps) {
  if (sender) {
    return <p className="text-muted">{sender.stored ? t("Answers of {{address}} leave by {{server}} already.", { address: sender.address, server: sender.server }) : t("Answers of {{address}} leave by {{server}}, as the hub’s configuration says.", { address: sender.address, server: sender.server })}</p>;
  }
  return (
    <>
      <Tick on={form.sends} onChange={(sends) => onChange({ sends })}>
        {t("Answers leave from this address")}
      </Tick>
      {form.sends && (
        <>
          <ServerFields legend={t("Sending")} kind="smtp" form={form} onChange={onChange} />
          <div className="connect-row">
            {form.signIn === "password" && <TextInput label={t("Password for sending")} type="password" autoComplete="off" placeholder={t("as for reading")} value={secrets.smtpPassword} onChange={(smtpPassword) => onSecret({ smtpPassword })} />}
            <TextInput label={t("Mails a minute at most")} inputMode="numeric" autoComplete="off" placeholder={t("no bound")} value={form.most} onChange={(most) => onChange({ most })} />
          </div>
          <Tick on={form.acknowledge} onChange={(acknowledge) => onChange({ acknowledge })}>
            {t("Answer a new ticket’s first mail with its number")}
          </Tick>
        </>
      )}
    </>
  );
}
