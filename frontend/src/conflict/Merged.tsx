import { t } from "../lib/words";
import { Check } from "../ui/icons";

/** Merged lists what needed nobody's choice. */
export function Merged({ sentences }: { sentences: string[] }) {
  return (
    <section>
      <h2 className="tray-title">{t("Merged by itself on this ticket")}</h2>
      <ul className="merged">
        {sentences.map((sentence, index) => (
          <li key={`${index}${sentence}`} dir="auto">
            <Check size={13} aria-hidden />
            {sentence}
          </li>
        ))}
      </ul>
    </section>
  );
}
