import { comingTime, fullTime } from "../lib/time";
import type { Entry } from "../lib/view";
import { t } from "../lib/words";
import { ArrowUp, Check, CircleAlert, ClockAlert } from "../ui/icons";

/** waits holds while something still has to happen to what was written. */
export const waits = (entry: Entry) => entry.pending || ["queued", "held", "waiting", "sending"].includes(entry.delivery);

/** Delivery tells how far a message has come on its way out, in two words. */
export function Delivery({ entry }: { entry: Entry }) {
  const told = tell(entry);
  if (!told) return null;
  const { Icon, tone, words } = told;
  return (
    <span className="message-tag" data-tone={tone} title={entry.nextTry && fullTime(entry.nextTry)}>
      <Icon size={13} aria-hidden />
      {words}
    </span>
  );
}

function tell({ delivery, kind, nextTry, pending }: Entry) {
  if (delivery === "failed") return { Icon: CircleAlert, tone: "failed", words: t("Not delivered") };
  if (delivery === "unknown") return { Icon: CircleAlert, tone: "failed", words: nextTry ? t("Perhaps delivered · looks again {{when}}", { when: comingTime(nextTry) }) : t("Perhaps delivered") };
  if (delivery === "discarded") return { Icon: CircleAlert, tone: "failed", words: t("Not sent") };
  if (delivery === "held") return { Icon: ClockAlert, tone: "pending", words: t("Held") };
  if (delivery === "resting") return { Icon: ArrowUp, tone: "pending", words: t("Goes in a moment") };
  if (delivery === "waiting") return { Icon: ClockAlert, tone: "pending", words: nextTry ? t("Waits · next try {{when}}", { when: comingTime(nextTry) }) : t("Waiting to send") };
  if (delivery === "sending") return { Icon: ArrowUp, tone: "pending", words: t("Sending") };
  if (pending && kind === "note") return { Icon: ArrowUp, tone: "pending", words: t("Waiting to sync") };
  if (pending || delivery === "queued") return { Icon: ArrowUp, tone: "pending", words: t("Waiting to send") };
  if (delivery === "sent") return { Icon: Check, tone: "sent", words: t("Sent") };
  return undefined;
}

/** Problem says what keeps a message from where it should be, and offers the act
 * that helps. */
export function Problem({ entry, onRetry }: { entry: Entry; onRetry: () => void }) {
  if (!entry.problem || entry.delivery === "sent") return null;
  return (
    <p className="message-problem">
      <CircleAlert size={13} aria-hidden />
      <span>
        {entry.problem} {entry.tries > 1 && <span className="text-muted">{t("Tried {{count}} times.", { count: entry.tries })}</span>}
      </span>
      {entry.mayRetry && (
        <button type="button" onClick={onRetry}>
          {retryName(entry)}
        </button>
      )}
    </p>
  );
}

const retryName = ({ delivery }: Entry) => (delivery === "failed" ? t("Send again") : delivery === "unknown" ? t("Look again now") : t("Send now"));
