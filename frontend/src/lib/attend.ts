// What the person does with the ticket in front of them, so that colleagues see
// it. Several parts of the page may say something at once; what says most counts.
import { useEffect } from "react";
import { desk } from "./desk";
import type { AttendRequest } from "./view";

export type Doing = "viewing" | "editing" | "replying";

const nowhere: AttendRequest = { ticketId: "", doing: "" };
const weight: Record<Doing, number> = { viewing: 1, editing: 2, replying: 3 };

/** Attendance gathers what parts of the page say and tells what counts, once the
 * page has come to rest. */
export class Attendance {
  private readonly claims = new Set<{ ticketId: string; doing: Doing }>();
  private told = nowhere;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private away = false;

  constructor(
    private readonly tell: (request: AttendRequest) => void,
    private readonly rest = 100, // ms
  ) {}

  /** claim returns the function that takes it back. */
  claim(ticketId: string, doing: Doing): () => void {
    const claim = { ticketId, doing };
    this.claims.add(claim);
    this.turn();
    return () => {
      this.claims.delete(claim);
      this.turn();
    };
  }

  /** leave says whether the person has turned away from the window. */
  leave(away: boolean): void {
    this.away = away;
    this.turn();
  }

  private turn(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      const now = this.most();
      if (now.ticketId === this.told.ticketId && now.doing === this.told.doing) return;
      this.told = now;
      this.tell(now);
    }, this.rest);
  }

  private most(): AttendRequest {
    if (this.away) return nowhere;
    return [...this.claims].toSorted((a, b) => weight[b.doing] - weight[a.doing])[0] ?? nowhere;
  }
}

// Nobody waits for it, and a colleague who is not told misses a face.
const attendance = new Attendance((request) => void desk.ticket.attend(request).catch(() => undefined));

/** useAttending says what the person does with a ticket, as long as they do. */
export function useAttending(ticketId: string, doing: Doing, active = true): void {
  useEffect(() => (active ? attendance.claim(ticketId, doing) : undefined), [ticketId, doing, active]);
}

/** watchAway notices when the window is not in sight; once, when it starts. */
export function watchAway(): void {
  document.addEventListener("visibilitychange", () => attendance.leave(document.hidden));
}
