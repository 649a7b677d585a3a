// Where the bytes of a file are, in words.
import type { FileState } from "../lib/view";
import { t } from "../lib/words";

/** stateWords is empty for a file that is here, or comes when it is asked for; offline
 * none does. */
export function stateWords({ state }: Pick<FileState, "state">, isOffline = false): string {
  switch (state) {
    case "away":
      return isOffline ? t("Not on this device") : "";
    case "coming":
      return t("Fetching");
    case "going":
      return t("Sending");
    case "waiting":
      return t("Waiting to send");
    case "awaited":
      return t("On its way from another computer");
    default:
      return "";
  }
}

/** ratio of a file that has come so far: between 0 and 1, whatever was announced. */
export const ratio = (size: number, have: number): number => (size > 0 ? Math.min(1, have / size) : 1);
