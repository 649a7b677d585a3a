// What this person may do about a mailbox, and where what is refused is mended.
import type { MailboxCard, MailboxesView } from "./view";

type Who = Pick<MailboxesView, "mayConfigure">;
type Box = Pick<MailboxCard, "id" | "address" | "signIn" | "stored" | "sends">;

/** isRenewable: this person may give the mailbox another password. */
export const isRenewable = (view: Who, box: Pick<Box, "signIn">) => view.mayConfigure && box.signIn === "password";

/** isChangeable: this person may change how the mailbox is reached, rest it and
 * take it away. What the hub's configuration names is changed there. */
export const isChangeable = (view: Who, box: Pick<Box, "stored" | "sends">) => view.mayConfigure && box.stored && !box.sends;

/** mending is the part of the screen that mends a mailbox; empty: only a person at
 * the hub can. Answers that leave by a provider are mended with its mailbox. */
export function mending(view: Pick<MailboxesView, "mayConfigure" | "mailboxes">, box: Box): string {
  if (isRenewable(view, box)) return `connect/${box.id}`;
  if (!view.mayConfigure || !box.stored) return "";
  const mailbox = view.mailboxes.find((one) => isChangeable(view, one) && (box.sends ? one.address === box.address : one.id === box.id));
  return mailbox ? `change/${mailbox.id}` : "";
}
