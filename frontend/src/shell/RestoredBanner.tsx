import { useAct } from "../lib/act";
import { run, useActions } from "../lib/actions";
import { desk } from "../lib/desk";
import { useSyncStatus } from "../lib/query";
import { shortTime } from "../lib/time";
import { t } from "../lib/words";
import { Banner } from "./Banner";

/** RestoredBanner says once that the server was put back from a backup (SPEC P17):
 * what colleagues did may be missing until their computers have told it again. */
export function RestoredBanner() {
  const at = useSyncStatus().data?.restoredAt ?? "";
  const act = useAct();
  useActions(
    () => (at === "" ? [] : [{ id: "sync.restored", name: t("Put the notice of the restored server aside"), area: t("Window"), icon: "x", do: () => void act.once(desk.sync.restoredSeen, [["sync"]]) }]),
    [at, act.once],
  );
  if (at === "") return null;
  return (
    <Banner tone="rests" headline={t("The server was restored from a backup.")} does={t("Put aside")} onAct={() => run("sync.restored")}>
      {act.problem?.message ?? t("Since {{time}} this computer has told it again what you did in the last 30 days; what a colleague did comes back when their computer connects.", { time: shortTime(at) })}
    </Banner>
  );
}
