import { holding, mending } from "../lib/mailboxes";
import { useMailboxes } from "../lib/query";
import { go, paths } from "../lib/route";
import { shortTime } from "../lib/time";
import type { MailboxCard } from "../lib/view";
import { t } from "../lib/words";
import { Banner } from "./Banner";

/** MailBanner stands over everything while a mailbox or the mail server waits for a
 * person: none of its mail is read, or no answer leaves meanwhile. Answers that wait
 * because sending is paused are told of when nothing is wrong. */
export function MailBanner() {
  const view = useMailboxes().data;
  const ill = view?.mailboxes.filter((box) => box.needsPerson) ?? [];
  const box = ill[0];
  if (!view) return null;
  if (!box) return <HoldingBanner boxes={holding(view.mailboxes)} />;
  const part = mending(view, box);
  return (
    <Banner headline={illness(ill, box)} does={part ? t("Connect again") : t("Show")} onAct={() => go(paths.mailboxes(part))}>
      {t("since {{time}}.", { time: shortTime(box.since) })} {box.wayOut}
    </Banner>
  );
}

function HoldingBanner({ boxes }: { boxes: MailboxCard[] }) {
  const box = boxes[0];
  if (!box) return null;
  const headline = boxes.length === 1 ? t("Sending from {{address}} is paused", { address: box.address }) : t("Sending from {{count}} addresses is paused", { count: boxes.length });
  return (
    <Banner tone="rests" headline={headline} does={t("Show")} onAct={() => go(paths.mailboxes(""))}>
      {t("since {{time}}.", { time: shortTime(box.since) })} {box.holds}
    </Banner>
  );
}

function illness(ill: MailboxCard[], box: MailboxCard): string {
  const unread = ill.filter((one) => !one.sends);
  if (unread.length === 0) return t("Answers of {{address}} do not leave", { address: box.address });
  if (unread.length < ill.length) return t("Mail is not read, and answers do not leave,");
  return unread.length === 1 ? t("The mail of {{address}} is not read", { address: box.address }) : t("{{count}} mailboxes are not read", { count: ill.length });
}
