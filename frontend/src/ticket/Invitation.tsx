import type { InvitationView } from "../lib/view";
import { t } from "../lib/words";
import { Check, CircleAlert, Clock, X } from "../ui/icons";
import "./invitation.css";
import { whenOf } from "./meeting";

const standings: Record<string, () => string> = {
  replaced: () => t("A newer invitation to this meeting came."),
  cancelled: () => t("The meeting is cancelled."),
};

const answers: Record<string, () => string> = {
  accepted: () => t("Accepts the meeting"),
  tentative: () => t("May come to the meeting"),
  declined: () => t("Declines the meeting"),
};

/** Invitation is a meeting that a mail speaks of, in local time, as the newest
 * word about it says. */
export function Invitation({ meeting }: { meeting: InvitationView }) {
  const { standing, title, place, repeats, organizer, attendees } = meeting;
  const when = whenOf(meeting);
  const said = standings[standing]?.() ?? answers[meeting.answer]?.();
  const facts = [
    [t("When"), when && repeats ? `${when}, ${repeats}` : when],
    [t("Where"), place],
    [t("Called by"), organizer],
    [t("Invited"), attendees.join(", ")],
  ].filter(([, value]) => value);
  return (
    <section className="invitation" data-standing={standing} aria-label={t("Meeting: {{title}}", { title: title || t("without a title") })}>
      <p className="invitation-title">
        <Clock size={13} aria-hidden />
        <b dir="auto">{title || t("Meeting without a title")}</b>
      </p>
      {said && (
        <p className="invitation-said">
          <SaidIcon standing={standing} answer={meeting.answer} />
          {said}
        </p>
      )}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function SaidIcon({ standing, answer }: { standing: string; answer: string }) {
  const Icon = standing === "cancelled" || answer === "declined" ? X : answer === "accepted" ? Check : CircleAlert;
  return <Icon size={13} aria-hidden />;
}
