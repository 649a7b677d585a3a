import { Check, Clock, RefreshCw, TriangleAlert } from "../ui/icons";
import type { Tone } from "./state";

const glyphs = { well: Check, busy: RefreshCw, rests: Clock, ill: TriangleAlert };

/** StateGlyph says by shape how a mailbox does; the word beside it says it again. */
export function StateGlyph({ tone }: { tone: Tone }) {
  const Glyph = glyphs[tone];
  return <Glyph className="mailbox-glyph" data-tone={tone} size={15} aria-hidden />;
}
