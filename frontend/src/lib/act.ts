// An act of a person: it runs, its failure is shown beside its cause, and what
// it touched is asked for again.
import { useCallback, useRef, useState } from "react";
import type { DeskError, Topic } from "./backend";
import { toDeskError } from "./backend";
import { signal } from "./query";

export interface Act {
  busy: boolean;
  problem: DeskError | undefined;
  /** run resolves to true when the act held. */
  run: (work: () => Promise<unknown>, touched?: [Topic, string?][]) => Promise<boolean>;
  /** once is run for what must not be done twice: while it runs it does nothing, also
   * before the window has drawn that it is busy. */
  once: Act["run"];
  forget: () => void;
}

export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<DeskError>();
  const run = useCallback(async (work: () => Promise<unknown>, touched: [Topic, string?][] = []) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      for (const [topic, id] of touched) signal(topic, id);
      return true;
    } catch (caught) {
      setProblem(toDeskError(caught));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  const running = useRef(false);
  const once = useCallback<Act["run"]>(async (...asked) => {
    if (running.current) return false;
    running.current = true;
    return run(...asked).finally(() => (running.current = false));
  }, [run]);
  return { busy, problem, run, once, forget: useCallback(() => setProblem(undefined), []) };
}
