import { useQuery } from "@tanstack/react-query";
import { toDeskError } from "../lib/backend";
import { desk } from "../lib/desk";
import { shortTime } from "../lib/time";
import type { MailboxRule } from "../lib/view";
import { t } from "../lib/words";
import { Problem } from "../ui/Problem";
import { Sheet } from "../ui/Sheet";

/** TrialSheet shows what rules would have made of the newest mails, as they stand in
 * the form. Nothing is changed by it. */
export function TrialSheet({ rules, onClose }: { rules: MailboxRule[]; onClose: () => void }) {
  const { data, error, isFetching, refetch } = useQuery({ queryKey: ["trial", rules], queryFn: () => desk.mailbox.tryRules({ saw: [], rules }), staleTime: 0, gcTime: 0 });
  const title = rules.length === 1 ? t("{{name}} on past mails", { name: rules[0]!.name || t("A new rule") }) : t("All rules on past mails");
  return (
    <Sheet title={title} closeLabel={t("Close")} onClose={onClose} reading>
      <div className="trial" aria-busy={isFetching}>
        {error && <Problem message={toDeskError(error).message} retryLabel={t("Try again")} onRetry={() => void refetch()} />}
        {!data && !error && <p className="text-muted">{t("The hub reads the newest mails once more.")}</p>}
        {data && (
          <p>
            <b>{t("{{count}} mails would have been met.", { count: data.matched })}</b> <span className="text-muted">{t("Read: the newest {{read}}, of which {{asked}} belonged to no ticket; rules are asked of no other. Nothing was changed.", { read: data.read, asked: data.asked })}</span>
          </p>
        )}
        <ol className="trial-list">
          {data?.mails.map((mail, at) => (
            <li key={at}>
              <div className="font-strong" dir="auto">
                {mail.subject || t("Without a subject")}
              </div>
              <div className="text-caption text-muted">
                <bdi>{mail.from}</bdi> · {shortTime(mail.receivedAt)} {mail.ticket.number && `· ${mail.ticket.number}`}
              </div>
              <div>
                {mail.becomes} <span className="text-muted">{mail.says}</span>
              </div>
            </li>
          ))}
        </ol>
      </div>
    </Sheet>
  );
}
