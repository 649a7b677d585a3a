import type { Envelope } from "../lib/view";
import { t } from "../lib/words";

/** AsideSubject is what a side conversation is about that begins. */
export function AsideSubject({ envelope, onChange }: { envelope: Envelope; onChange: (next: Envelope) => void }) {
  return (
    <label className="composer-line composer-subject">
      <span>{t("Subject")}</span>
      <input value={envelope.subject} dir="auto" onChange={(event) => onChange({ ...envelope, subject: event.target.value })} />
    </label>
  );
}
