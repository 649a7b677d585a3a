import type { Mark } from "../lib/view";
import { CircleAlert, Lock, ShieldCheck } from "../ui/icons";

const icons: Record<string, typeof Lock> = { suspect: CircleAlert, doubt: CircleAlert, unvouched: CircleAlert, vouched: ShieldCheck, signed: ShieldCheck, encrypted: Lock };

/** Marks are what to know of a message before it is believed, each with its
 * shape and its word. */
export function Marks({ marks }: { marks: Mark[] }) {
  if (marks.length === 0) return null;
  return (
    <ul className="message-marks">
      {marks.map((mark) => (
        <li key={mark.kind} data-kind={mark.kind} title={mark.sentence}>
          <MarkIcon kind={mark.kind} />
          {mark.words}
        </li>
      ))}
    </ul>
  );
}

export function MarkIcon({ kind }: { kind: string }) {
  const Icon = icons[kind];
  return Icon ? <Icon size={13} aria-hidden /> : null;
}
