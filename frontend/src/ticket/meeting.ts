// When a meeting is, in the reader's own time and words.

type When = { start: string; end: string; allDay: boolean };

/** whenOf says when a meeting is, in the zone of the window or the one given. */
export function whenOf({ start, end, allDay }: When, locale?: string, zone?: string): string {
  if (!start) return "";
  // A date is the same day everywhere (RFC 5545 §3.3.4).
  const format = allDay
    ? new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" })
    : new Intl.DateTimeFormat(locale, { weekday: "long", year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short", timeZone: zone });
  const from = new Date(start);
  const to = end ? new Date(end) : undefined;
  return to && to > from ? format.formatRange(from, to) : format.format(from);
}
