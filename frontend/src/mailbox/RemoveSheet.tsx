import { desk } from "../lib/desk";
import type { MailboxCard } from "../lib/view";
import { t } from "../lib/words";
import { AskSheet } from "../mark/AskSheet";

/** RemoveSheet asks once before a mailbox is read no more. */
export function RemoveSheet({ box, onClose }: { box: MailboxCard; onClose: () => void }) {
  return (
    <AskSheet title={t("Remove {{address}}", { address: box.address })} does={t("Remove the mailbox")} confirms act={() => desk.mailbox.remove(box.id)} touched={[["mailbox"], ["sync"]]} onClose={onClose}>
      <p>{t("Its mail is read no more, and what signed in is forgotten. Tickets and mails that were read stay, and nothing is changed at the mail server. Connected again, it goes on where it ended.")}</p>
    </AskSheet>
  );
}
