// What this person may do about a mailbox, and where what is refused is mended.
import type { MailboxCard, MailboxesView } from "./view";

type Who = Pick<MailboxesView, "mayConfigure">;
type Box = Pick<MailboxCard, "id" | "address" | "signIn" | "stored" | "sends">;

/** isRenewable: this person may give the mailbox another password. */
export const isRenewable = (view: Who, box: Pick<Box, "signIn">) => view.mayConfigure && box.signIn === "password";

/** isPausable: this person may have the mailbox rest, or its answers. What the hub's
 * configuration names is changed there. */
export const isPausable = (view: Who, box: Pick<Box, "stored">) => view.mayConfigure && box.stored;

/** isRemovable: this person may take the mailbox away, and its answers with it. */
export const isRemovable = (view: Who, box: Pick<Box, "stored" | "sends">) => isPausable(view, box) && !box.sends;

/** changing is the part of the screen that changes how a mailbox is reached, and how
 * its answers leave; empty: this person may not. */
export function changing(view: Pick<MailboxesView, "mayConfigure" | "mailboxes">, box: Pick<Box, "id" | "address" | "stored" | "sends">): string {
  if (!isPausable(view, box)) return "";
  const mailbox = view.mailboxes.find((one) => isRemovable(view, one) && (box.sends ? one.address === box.address : one.id === box.id));
  return mailbox ? `change/${mailbox.id}` : "";
}

/** mending is the part of the screen that mends a mailbox; empty: only a person at
 * the hub can. Answers that leave by a provider are mended with its mailbox. */
export function mending(view: Pick<MailboxesView, "mayConfigure" | "mailboxes">, box: Box): string {
  return isRenewable(view, box) ? `connect/${box.id}` : changing(view, box);
}

/** holding are the servers for answers that are paused while answers wait. */
export const holding = <B extends Pick<MailboxCard, "sends" | "waitsFor">>(boxes: B[]): B[] => boxes.filter((box) => box.sends && box.waitsFor === "rest");
