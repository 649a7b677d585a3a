import { t } from "../lib/words";
import { ChevronRight } from "../ui/icons";
import { Tick } from "../ui/Tick";
import type { Addressing } from "./addressing";

/** PassedOn shows what a forward tells, and asks whether its readers may answer
 * into the conversation: else what comes back is for agents only. */
export function PassedOn({ addressing }: { addressing: Addressing }) {
  const { envelope, quoted, choose } = addressing;
  return (
    <div className="composer-passed">
      <details>
        <summary>
          <ChevronRight size={13} className="mirrored" aria-hidden />
          {t("The message that is passed on")}
        </summary>
        <div className="prose-text text-muted" dir="auto">
          {quoted}
        </div>
      </details>
      <Tick on={envelope.admits} onChange={(admits) => choose({ ...envelope, admits })}>
        {t("Answers of these people join the conversation")}
      </Tick>
    </div>
  );
}
