import type { Envelope } from "../lib/view";
import { t } from "../lib/words";

interface AsideSubjectProps {
  envelope: Envelope;
  onChange: (next: Envelope) => void;
  /** onDone gives the keyboard to the text. */
  onDone: () => void;
}

/** AsideSubject is what a side conversation is about that begins. */
export function AsideSubject({ envelope, onChange, onDone }: AsideSubjectProps) {
  const keys = (event: React.KeyboardEvent) => {
    if (event.key !== "Escape" && (event.key !== "Enter" || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    onDone();
  };
  return (
    <label className="composer-line composer-subject">
      <span>{t("Subject")}</span>
      <input value={envelope.subject} dir="auto" onKeyDown={keys} onChange={(event) => onChange({ ...envelope, subject: event.target.value })} />
    </label>
  );
}
