import { shortTime } from "../lib/time";
import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { ActionButton } from "../mark/ActionButton";
import { Badge } from "../mark/Badges";
import { PersonFace } from "../mark/PersonFace";
import { spelled } from "./duration";

/** TimeLog is who worked on the ticket and how long; it is only ever added to. */
export function TimeLog({ ticket }: { ticket: TicketView }) {
  const { timeLog, timeSpent } = ticket;
  if (timeLog.length === 0) return null;
  return (
    <div className="properties-section">
      <h3>
        {t("Time log")} <span className="tabular">{spelled(timeSpent)}</span>
      </h3>
      <ul className="time-log">
        {timeLog.map((line) => (
          <li key={line.id} data-stitched={line.pending}>
            <PersonFace person={line.person} size="small" />
            <span className="tabular font-strong">{spelled(line.minutes)}</span>
            <span className="cut" dir="auto" title={line.note}>
              {line.note}
            </span>
            <span className="grow" />
            {line.pending ? <Badge kind="pending" /> : <time dateTime={line.at}>{shortTime(line.at)}</time>}
          </li>
        ))}
      </ul>
      <ActionButton id="ticket.log" kind="quiet">
        {t("Log time…")}
      </ActionButton>
    </div>
  );
}
