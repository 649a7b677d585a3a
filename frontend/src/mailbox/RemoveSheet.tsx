import { useAct } from "../lib/act";
import { desk } from "../lib/desk";
import type { MailboxCard } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { Sheet } from "../ui/Sheet";

/** RemoveSheet asks once before a mailbox is read no more. */
export function RemoveSheet({ box, onClose }: { box: MailboxCard; onClose: () => void }) {
  const act = useAct();
  const remove = async () => {
    if (!act.busy && (await act.run(() => desk.mailbox.remove(box.id), [["mailbox"], ["sync"]]))) onClose();
  };
  return (
    <Sheet
      title={t("Remove {{address}}", { address: box.address })}
      closeLabel={t("Close, change nothing")}
      onClose={onClose}
      foot={
        <Button kind="primary" onPress={() => void remove()} autoFocus>
          {t("Remove the mailbox")}
        </Button>
      }
    >
      <div className="connect">
        <p>{t("Its mail is read no more, and what signed in is forgotten. Tickets and mails that were read stay, and nothing is changed at the mail server. Connected again, it goes on where it ended.")}</p>
        {act.problem && <Problem message={act.problem.message} copyLabel={t("Copy details")} />}
      </div>
    </Sheet>
  );
}
