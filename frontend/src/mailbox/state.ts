// How a mailbox does, in the four ways a glance must tell apart.
import type { MailboxCard, MailboxesView } from "../lib/view";
import { t } from "../lib/words";

export type Tone = "well" | "busy" | "rests" | "ill";

const tones: Record<string, Tone> = { watching: "well", connecting: "busy", importing: "busy", retrying: "rests", standby: "rests", stopped: "ill" };

export const tone = (box: Pick<MailboxCard, "state">): Tone => tones[box.state] ?? "rests";

/** isRenewable: this person may give the mailbox another password. */
export const isRenewable = (view: Pick<MailboxesView, "mayConfigure">, box: Pick<MailboxCard, "signIn">) => view.mayConfigure && box.signIn === "password";

/** lasts gives seconds as a person counts them. */
export function lasts(seconds: number): string {
  if (seconds < 60) return t("{{count}} seconds", { count: seconds });
  return t("{{count}} minutes", { count: Math.round(seconds / 60) });
}
