import { useMinute } from "../lib/minute";
import { timeIn } from "../lib/time";
import type { RequesterCard } from "../lib/view";
import { t } from "../lib/words";
import { PersonFace } from "../mark/PersonFace";
import { Star } from "../ui/icons";

/** Requester is who asked, with what helps to answer them. */
export function Requester({ card }: { card: RequesterCard }) {
  const { person } = card;
  const place = [card.organization, card.location].filter(Boolean).join(", ");
  useMinute();
  const clock = timeIn(card.timeZone);
  const local = clock && t("{{time}} there", { time: clock });
  return (
    <div className="properties-section">
      <h3>{t("Requester")}</h3>
      <div className="flex items-center gap-10">
        <PersonFace person={person} size="big" />
        <div className="min-w-0 grow">
          <div className="font-strong cut" dir="auto">
            {person.name || person.email}
            {card.vip && <Star size={12} className="ms-4 inline" role="img" aria-hidden={false} aria-label={t("VIP")} />}
          </div>
          <div className="text-caption text-muted">
            {place || person.email}
            {local && <bdi className="whitespace-nowrap"> · {local}</bdi>}
          </div>
        </div>
      </div>
      <div className="mt-6 text-caption text-muted">
        {place && <div className="cut">{person.email}</div>}
        {card.phone && <bdi>{card.phone}</bdi>}
        <div className="tabular">
          <bdi>{t("{{open}} open, {{year}} in the last year", { open: card.open, year: card.lastYear })}</bdi>
        </div>
      </div>
    </div>
  );
}
