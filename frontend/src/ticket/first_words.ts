// A greeting is short and ends as one: "Hello Xaver," or "Guten Tag!".
const greeting = /^(?:\S+\s+){0,4}\S*[,!]$/;

/** firstWords is what a message would be called: its first line that is more than a
 * greeting. */
export function firstWords(text: string, most: number): string {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  return (lines.find((line) => !greeting.test(line)) ?? lines[0] ?? "").slice(0, most);
}
