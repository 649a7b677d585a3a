import type { Companion } from "../lib/view";
import { t } from "../lib/words";
import { Eye, PenLine } from "../ui/icons";
import { firstName, PersonFace } from "./PersonFace";

const doingWords = (doing: string, name: string) => {
  if (doing === "replying") return t("{{name}} is replying", { name });
  return doing === "editing" ? t("{{name}} is editing", { name }) : t("{{name}} is reading", { name });
};

const words = ({ person, doing }: Companion) => doingWords(doing, person.name || person.email);

interface CompanyProps {
  people: Companion[];
  /** brief leaves the words to whoever hears or points. */
  brief?: boolean;
}

/** Company is who else is at a ticket now: faces with an eye for reading or a pen
 * for writing. */
export function Company({ people, brief }: CompanyProps) {
  const most = brief ? 2 : 3;
  const rest = people.slice(most);
  return (
    <>
      {people.slice(0, most).map((companion) => {
        const Badge = companion.doing === "viewing" ? Eye : PenLine;
        return (
          <span key={companion.person.id} className="company" title={words(companion)}>
            <span className="company-face">
              <PersonFace person={companion.person} size={brief ? "small" : undefined} />
              <span className="company-badge">
                <Badge size={9} strokeWidth={2.4} aria-hidden />
              </span>
            </span>
            {brief ? <span className="sr-only">{words(companion)}</span> : <span>{doingWords(companion.doing, firstName(companion.person))}</span>}
          </span>
        );
      })}
      {rest.length > 0 && (
        <span className="text-caption text-muted tabular" title={rest.map(words).join(", ")}>
          +{rest.length}
        </span>
      )}
    </>
  );
}

/** Replying names who else writes an answer now: two answers are the mistake that
 * presence is there to prevent. */
export function Replying({ people }: { people: Companion[] }) {
  const writers = people.filter((companion) => companion.doing === "replying");
  if (writers.length === 0) return null;
  const said = writers.map(words).join(", ");
  return (
    <span className="company company-words" role="status" title={said}>
      <PenLine size={13} aria-hidden />
      <span className="cut">{said}</span>
    </span>
  );
}
