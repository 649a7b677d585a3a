import { useSyncStatus } from "../lib/query";
import { t } from "../lib/words";
import { Banner } from "./Banner";
import { showOver } from "./desktop";

/** ShutOutBanner stands over everything while the server accepts this device no more:
 * nothing is sent from it or comes to it until its person signs in again. */
export function ShutOutBanner() {
  const status = useSyncStatus().data;
  if (!status?.shutOut) return null;
  return (
    <Banner headline={t("This device is signed out of the server.")} does={t("Sign in again")} onAct={() => showOver("again")}>
      {status.waiting > 0 ? t("{{count}} unsent changes are kept here and leave when you sign in again.", { count: status.waiting }) : t("Everything here stays, and nothing new comes until you sign in again.")}
    </Banner>
  );
}
