// How a mailbox does, in the four ways a glance must tell apart.
import type { MailboxCard } from "../lib/view";
import { t } from "../lib/words";

export type Tone = "well" | "busy" | "rests" | "ill";

const tones: Record<string, Tone> = { watching: "well", connecting: "busy", importing: "busy", retrying: "rests", standby: "rests", paused: "rests", stopped: "ill" };

export const tone = (box: Pick<MailboxCard, "state">): Tone => tones[box.state] ?? "rests";

/** lasts gives seconds as a person counts them. */
export function lasts(seconds: number): string {
  if (seconds < 60) return t("{{count}} seconds", { count: seconds });
  return t("{{count}} minutes", { count: Math.round(seconds / 60) });
}
