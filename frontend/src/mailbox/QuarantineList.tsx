import { byteSize, shortTime } from "../lib/time";
import type { QuarantinedMail } from "../lib/view";
import { t } from "../lib/words";
import { Badge } from "../mark/Badges";
import { Check, Mail } from "../ui/icons";
import { ListItem } from "../ui/ListItem";

interface QuarantineListProps {
  mails: QuarantinedMail[];
  index: number;
  onAt: (id: string) => void;
}

/** QuarantineList names the mails: who wrote them, what of, and how far they are. */
export function QuarantineList({ mails, index, onAt }: QuarantineListProps) {
  return (
    <section className="pane pane-scroll" aria-label={t("Mails in quarantine")}>
      {mails.map((mail, at) => (
        <ListItem
          key={mail.id}
          mark={mail.pending ? <Badge kind="pending" /> : mail.state === "settled" ? <Check size={15} aria-hidden /> : <Mail size={15} aria-hidden />}
          title={mail.subject || t("Without a subject")}
          sub={
            <>
              <bdi>{mail.from.name || t("Unknown sender")}</bdi> · {byteSize(mail.size)} · {mail.state === "quarantined" ? shortTime(mail.receivedAt) : mail.stateLabel}
            </>
          }
          isCurrent={at === index}
          onChoose={() => onAt(mail.id)}
        />
      ))}
    </section>
  );
}
