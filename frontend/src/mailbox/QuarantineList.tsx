import { useEffect, useRef } from "react";
import { byteSize, shortTime } from "../lib/time";
import type { QuarantinedMail } from "../lib/view";
import { t } from "../lib/words";
import { Badge } from "../mark/Badges";
import { Check, Mail } from "../ui/icons";

interface QuarantineListProps {
  mails: QuarantinedMail[];
  index: number;
  onAt: (id: string) => void;
}

/** QuarantineList names the mails: who wrote them, what of, and how far they are. */
export function QuarantineList({ mails, index, onAt }: QuarantineListProps) {
  const current = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    current.current?.scrollIntoView({ block: "nearest" }); // whose answer is no clean-up
  }, [index]);
  return (
    <section className="pane quarantine-list" aria-label={t("Mails in quarantine")}>
      {mails.map((mail, at) => (
        <button key={mail.id} type="button" className="quarantine-item" ref={at === index ? current : undefined} aria-current={at === index} onClick={() => onAt(mail.id)}>
          <span className="flex items-center gap-6">
            {mail.pending ? <Badge kind="pending" /> : mail.state === "settled" ? <Check size={15} aria-hidden /> : <Mail size={15} aria-hidden />}
            <span className="cut grow font-strong text-row" dir="auto">
              {mail.subject || t("Without a subject")}
            </span>
          </span>
          <span className="quarantine-sub cut">
            <bdi>{mail.from.name || t("Unknown sender")}</bdi> · {byteSize(mail.size)} · {mail.state === "quarantined" ? shortTime(mail.receivedAt) : mail.stateLabel}
          </span>
        </button>
      ))}
    </section>
  );
}
