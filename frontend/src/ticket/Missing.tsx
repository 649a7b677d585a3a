import type { DeskError } from "../lib/backend";
import { isFilling } from "../lib/fresh";
import { useSyncStatus } from "../lib/query";
import { t } from "../lib/words";
import { arrive } from "../ui/arrive";
import { Empty } from "../ui/Empty";
import { Problem } from "../ui/Problem";

/** Missing stands for a ticket that cannot be shown, also for one that may be among
 * those that are still coming: that is no fault. */
export function Missing({ problem, onRetry }: { problem: DeskError; onRetry: () => void }) {
  const mayCome = isFilling(useSyncStatus().data) && problem.code === "gone";
  return (
    <section ref={arrive} tabIndex={-1} className={mayCome ? "pane" : "pane p-16"} aria-label={t("Ticket")}>
      {mayCome ? (
        <Empty said={t("This ticket is not here yet: tickets are still coming from the server. It opens by itself once it is here.")} caps={["g", "i"]} does={t("opens your work.")} />
      ) : (
        <Problem message={problem.message} retryLabel={t("Try again")} onRetry={onRetry} copyLabel={t("Copy details")} />
      )}
    </section>
  );
}
