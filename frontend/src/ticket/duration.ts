// Minutes as people write and read them.

/** minutesOf reads "25", "1:30", "1h 30", "1.5 h" and "-10"; undefined if it is
 * none of them. */
export function minutesOf(text: string): number | undefined {
  const told = text.trim().toLowerCase().replace(",", ".").replaceAll(/\s+/g, "");
  const sign = told.startsWith("-") ? -1 : 1;
  const match = /^-?(?:(\d+):([0-5]\d)|(\d+(?:\.\d+)?)h(?:(\d+)(?:m|min)?)?|(\d+)(?:m|min)?)$/.exec(told);
  if (!match) return undefined;
  const [, hours, past, whole, more, minutes] = match;
  const sum = hours === undefined ? Math.round(Number(whole ?? 0) * 60) + Number(more ?? minutes ?? 0) : Number(hours) * 60 + Number(past);
  return sum === 0 ? undefined : sign * sum;
}

/** spelled gives "1 h 30 min". */
export function spelled(minutes: number): string {
  const sign = minutes < 0 ? "−" : "";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return sign + [hours && `${hours} h`, (rest || !hours) && `${rest} min`].filter(Boolean).join(" ");
}
