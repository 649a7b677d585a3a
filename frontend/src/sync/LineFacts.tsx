import type { ReactNode } from "react";
import { fullTime, shortTime } from "../lib/time";

/** LineFacts stand at the end of a line: since when it waits, and what is known of it. */
export function LineFacts({ at, facts, children }: { at: string; facts: (string | false)[]; children?: ReactNode }) {
  return (
    <div className="outbox-facts">
      <time className="tabular" dateTime={at} title={fullTime(at)}>
        {shortTime(at)}
      </time>
      <div>{facts.filter(Boolean).join(" · ")}</div>
      {children}
    </div>
  );
}
