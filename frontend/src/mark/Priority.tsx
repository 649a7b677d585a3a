import { t } from "../lib/words";

const names = ["", "Critical", "High", "Moderate", "Low", "Planning"];

/** priorityName is ITIL's word for a level from 1 to 5. */
export const priorityName = (level: number) => t(names[level] ?? "");

/** Priority is the numeral whose ink falls with importance; nothing where a ticket
 * is not on this device and its priority unknown. */
export function Priority({ level, silent }: { level: number; silent?: boolean }) {
  if (!names[level]) return null;
  const spoken = silent
    ? { "aria-hidden": true }
    : { role: "img", "aria-label": t("Priority {{level}}, {{name}}", { level, name: priorityName(level) }) };
  return (
    <span className="priority" data-level={level} {...spoken}>
      {level}
    </span>
  );
}
