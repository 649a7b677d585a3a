import type { InvitationView } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Check, CircleAlert, Clock, X } from "../ui/icons";
import "./invitation.css";
import { whenOf } from "./meeting";

const standings: Record<string, (meeting: InvitationView) => string> = {
  replaced: movedTo,
  cancelled: () => t("The meeting is cancelled."),
};

/** movedTo says what the newer invitation to a meeting changed. */
function movedTo({ moved, movedPlace }: InvitationView): string {
  const when = whenOf(moved);
  if (when && movedPlace) return t("Moved to {{when}}, {{place}}.", { when, place: movedPlace });
  if (when || movedPlace) return t("Moved to {{when}}.", { when: when || movedPlace });
  return t("A newer invitation to this meeting came.");
}

const choices = [
  { answer: "accepted", name: () => t("Accept") },
  { answer: "tentative", name: () => t("Perhaps") },
  { answer: "declined", name: () => t("Decline") },
];

const answered: Record<string, () => string> = {
  accepted: () => t("Answered: we come"),
  tentative: () => t("Answered: we may come"),
  declined: () => t("Answered: we cannot come"),
};

const coming: Record<string, () => string> = {
  accepted: () => t("accepted"),
  tentative: () => t("perhaps"),
  declined: () => t("declined"),
};

const answers: Record<string, () => string> = {
  accepted: () => t("Accepts the meeting"),
  tentative: () => t("May come to the meeting"),
  declined: () => t("Declines the meeting"),
};

interface InvitationProps {
  meeting: InvitationView;
  /** onAnswer tells who called the meeting; missing: nobody here may. */
  onAnswer: ((answer: string) => void) | undefined;
}

/** Invitation is a meeting that a mail speaks of, in local time, as the newest
 * word about it says, with the answers it asks for. */
export function Invitation({ meeting, onAnswer }: InvitationProps) {
  const { standing, title, place, repeats, organizer, attendees } = meeting;
  const when = whenOf(meeting.when);
  const said = standings[standing]?.(meeting) ?? answers[meeting.answer]?.();
  const facts = [
    [t("When"), when && repeats ? `${when}, ${repeats}` : when],
    [t("Only that of"), whenOf(meeting.occurrence)],
    [t("Where"), place],
    [t("Called by"), organizer],
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
        {attendees.length > 0 && (
          <div>
            <dt>{t("Invited")}</dt>
            <dd>
              <ul>
                {attendees.map(({ name, answer }, n) => (
                  <li key={n} dir="auto">
                    {name}
                    {answer && (
                      <span className="invitation-coming" data-answer={answer}>
                        <SaidIcon standing="told" answer={answer} />
                        {coming[answer]?.()}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
      </dl>
      {meeting.answered && (
        <p className="invitation-said">
          <SaidIcon standing="told" answer={meeting.answered} />
          {answered[meeting.answered]?.()}
        </p>
      )}
      {meeting.mayAnswer && onAnswer && (
        <div className="invitation-answers" role="group" aria-label={t("Answer the invitation")}>
          {choices.map(({ answer, name }) => (
            <Button key={answer} size="small" onPress={() => onAnswer(answer)}>
              {name()}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}

function SaidIcon({ standing, answer }: { standing: string; answer: string }) {
  const Icon = standing === "cancelled" || answer === "declined" ? X : answer === "accepted" ? Check : CircleAlert;
  return <Icon size={13} aria-hidden />;
}
