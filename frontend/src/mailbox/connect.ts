// How a mailbox is connected, as it is filled in. What Go guesses fills in what
// the person has not touched; secrets are apart from what is kept while unfinished.
import type { MailboxCard, MailboxesView, MailboxForm } from "../lib/view";
import { t } from "../lib/words";

export interface Secrets {
  password: string;
  smtpPassword: string;
  clientSecret: string;
}

export const noSecrets: Secrets = { password: "", smtpPassword: "", clientSecret: "" };

export const freshForm = (): MailboxForm => ({
  id: "",
  address: "",
  name: "",
  known: false,
  imapHost: "",
  imapPort: 993,
  imapTls: "implicit",
  imapUser: "",
  folder: "INBOX",
  sent: "",
  keepSent: false,
  sends: true,
  smtpHost: "",
  smtpPort: 587,
  smtpTls: "starttls",
  smtpUser: "",
  acknowledge: false,
  most: "",
  signIn: "password",
  tenant: "",
  clientId: "",
  authUrl: "",
  tokenUrl: "",
  scopes: "",
});

const guessed = ["imapHost", "imapPort", "imapTls", "smtpHost", "smtpPort", "smtpTls", "signIn", "tenant", "known"] as const;

/** Filling is how far a form is filled in: what was guessed, and what the person wrote. */
export interface Filling {
  guess: Partial<MailboxForm>;
  written: Partial<MailboxForm>;
}

export const unfilled: Filling = { guess: {}, written: {} };

/** guessOf is what may be taken over of a guess. */
export const guessOf = (guess: MailboxForm): Partial<MailboxForm> => Object.fromEntries(guessed.map((field) => [field, guess[field]]));

/** filled is a form with what was guessed, and over it what was written. */
export const filled = (form: MailboxForm, { guess, written }: Filling): MailboxForm => ({ ...form, ...guess, ...written });

export const signIns = () => [
  { id: "password", label: t("A password") },
  { id: "microsoft", label: "Microsoft 365" },
  { id: "google", label: "Google" },
  { id: "other", label: t("Another provider") },
];

export const protections = () => [
  { id: "implicit", label: "TLS" },
  { id: "starttls", label: "STARTTLS" },
  { id: "plain", label: t("None"), hint: t("on the hub’s own machine") },
];

/** otherSender is what answers of an address leave by already, if it is not the
 * mailbox that is changed, as it stands. */
export const otherSender = (view: Pick<MailboxesView, "mailboxes">, address: string, stands?: Pick<MailboxForm, "address" | "sends">): MailboxCard | undefined => {
  const same = (other: string) => other.toLowerCase() === address.trim().toLowerCase();
  const sender = view.mailboxes.find((box) => box.sends && same(box.address));
  return sender?.stored && stands?.sends && same(stands.address) ? undefined : sender;
};

/** port reads what was typed; nonsense is 0, which Go refuses in a sentence. */
export const port = (text: string): number => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : 0);
