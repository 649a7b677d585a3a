import { shortTime } from "../lib/time";
import type { Entry } from "../lib/view";
import { t } from "../lib/words";
import { ChevronRight } from "../ui/icons";

/** Changes folds what happened between two messages into one caption line. */
export function Changes({ entry }: { entry: Entry }) {
  const { changes } = entry;
  const words = changes.length === 1 ? changes[0]! : `${t("{{count}} changes", { count: changes.length })}: ${changes.join(", ")}`;
  return (
    <details className="thread-changes" data-pending={entry.pending}>
      <summary>
        <ChevronRight size={13} className="mirrored" aria-hidden />
        <span className="cut" dir="auto">
          {words}
        </span>
      </summary>
      <ul>
        {changes.map((change, index) => (
          <li key={`${index}${change}`} dir="auto">
            {change}
          </li>
        ))}
        <li>
          {entry.author.name} · <bdi>{shortTime(entry.at)}</bdi>
        </li>
      </ul>
    </details>
  );
}
