import { go, paths } from "../lib/route";
import { useMailboxes } from "../lib/query";
import { shortTime } from "../lib/time";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { TriangleAlert } from "../ui/icons";
import "./banner.css";

/** MailBanner stands over everything while a mailbox waits for a person: none of
 * its mail is read meanwhile. */
export function MailBanner() {
  const view = useMailboxes().data;
  const ill = view?.mailboxes.filter((box) => box.needsPerson) ?? [];
  const box = ill[0];
  if (!box) return null;
  const mends = view?.mayConfigure && box.signIn === "password";
  return (
    <div className="mail-banner" role="status">
      <TriangleAlert size={15} aria-hidden />
      <span className="grow">
        <b>{ill.length === 1 ? t("The mail of {{address}} is not read", { address: box.address }) : t("{{count}} mailboxes are not read", { count: ill.length })}</b> {t("since {{time}}.", { time: shortTime(box.since) })} {box.wayOut}
      </span>
      <Button size="small" onPress={() => go(paths.mailboxes(mends ? `connect/${box.id}` : ""))}>
        {mends ? t("Connect again") : t("Show")}
      </Button>
    </div>
  );
}
