import { type Change, diffWordsWithSpace } from "diff";

const words = (text: string) => text.split(/\s+/).length;
const letters = (parts: Change[]) => parts.reduce((sum, part) => sum + part.value.trim().length, 0);

/** compare tells two texts apart word by word, where that helps: names and codes are
 * shown whole, and a sentence of which more was changed than kept reads better bare. */
export function compare(from: string, to: string): Change[] | undefined {
  if (words(from) <= 3 || words(to) <= 3) return undefined;
  const parts = diffWordsWithSpace(from, to);
  const kept = letters(parts.filter((part) => !part.added && !part.removed));
  return letters(parts) - kept > kept ? undefined : parts;
}
