// States by the code or name Go gives them. The glyph speaks by shape; a state
// it does not know gets the empty ring and keeps its word.
import { t } from "../lib/words";

export type StateKind = "new" | "go" | "hold" | "done" | "off";

function stateKind(state: string): StateKind {
  const name = state.toLowerCase().replaceAll(/[^a-z]/g, "");
  if (name === "inprogress") return "go";
  if (name === "onhold") return "hold";
  if (name === "cancelled") return "off";
  return name === "resolved" || name === "closed" ? "done" : "new";
}

const sentence = (code: string) => {
  const words = code.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** stateName is the word beside the glyph. */
export const stateName = (state: string) => (stateKind(state) === "go" ? t("In Progress") : stateKind(state) === "hold" ? t("On Hold") : t(sentence(state)));

/** holdName is what a ticket waits for, short enough for a line of the list. */
export const holdName = (reason: string) => t(sentence(reason.replace(/^awaiting[_ ]/i, "")));

export const isDone = (state: string) => ["done", "off"].includes(stateKind(state));

const strokes = { fill: "none", stroke: "currentColor", strokeWidth: 1.5, strokeLinecap: "round", strokeLinejoin: "round" } as const;

export function StateGlyph({ state }: { state: string }) {
  const kind = stateKind(state);
  return (
    <svg className="state-glyph" data-kind={kind} viewBox="0 0 14 14" aria-hidden>
      {kind === "done" ? (
        <>
          <circle cx="7" cy="7" r="6.1" fill="currentColor" />
          <path d="m4.4 7.2 1.8 1.8 3.5-3.8" {...strokes} stroke="var(--c-surface)" />
        </>
      ) : (
        <circle cx="7" cy="7" r="5.4" {...strokes} />
      )}
      {kind === "go" && <path d="M7 3.8a3.2 3.2 0 0 1 0 6.4Z" fill="currentColor" />}
      {kind === "off" && <path d="m5.2 5.2 3.6 3.6M8.8 5.2 5.2 8.8" {...strokes} />}
      {kind === "hold" && <path d="M5.6 5v4M8.4 5v4" {...strokes} />}
    </svg>
  );
}
