// Instants as people read them. Everything takes "now" so that a test can stand
// anywhere in time; the window passes the real clock.

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayMonth = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const dayMonthYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "short" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

const startOfDay = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

/** timeOfDay gives "14:36", or nothing for no instant. */
export const timeOfDay = (instant: string) => (instant ? clock.format(new Date(instant)) : "");

/** timeIn gives the clock on the wall of a time zone, or nothing where it is unknown. */
export function timeIn(zone: string, now = new Date()): string {
  if (!zone) return "";
  try {
    return new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(now);
  } catch {
    return ""; // the zone was written by hand, and no such place is known here
  }
}

/** fullTime is what a tooltip says. */
export const fullTime = (instant: string) => (instant ? full.format(new Date(instant)) : "");

/** shortTime gives the shortest text that is not ambiguous: today's clock, a
 * weekday within six days, else the date. */
export function shortTime(instant: string, now = new Date()): string {
  if (!instant) return "";
  const at = new Date(instant);
  const days = Math.round((startOfDay(now) - startOfDay(at)) / day);
  if (days === 0) return clock.format(at);
  if (days > 0 && days < 7) return `${weekday.format(at)} ${clock.format(at)}`;
  return (at.getFullYear() === now.getFullYear() ? dayMonth : dayMonthYear).format(at);
}

/** comingTime gives when something is to happen: today's clock, else the weekday
 * before it. */
export function comingTime(instant: string, now = new Date()): string {
  if (!instant) return "";
  const at = new Date(instant);
  return startOfDay(at) === startOfDay(now) ? clock.format(at) : `${weekday.format(at)} ${clock.format(at)}`;
}

/** age gives how long ago in the two largest units that matter: "12 min",
 * "2 h 10", "1 d 2 h", "34 d". */
export function age(instant: string, now = new Date()): string {
  if (!instant) return "";
  const past = Math.max(0, now.getTime() - new Date(instant).getTime());
  if (past < hour) return `${Math.floor(past / minute)} min`;
  if (past < day) {
    const minutes = Math.floor((past % hour) / minute);
    return minutes ? `${Math.floor(past / hour)} h ${String(minutes).padStart(2, "0")}` : `${Math.floor(past / hour)} h`;
  }
  const hours = Math.floor((past % day) / hour);
  const days = Math.floor(past / day);
  return days < 3 && hours ? `${days} d ${hours} h` : `${days} d`;
}

/** byteSize gives "184 kB" (decimal units, as file managers do). */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
