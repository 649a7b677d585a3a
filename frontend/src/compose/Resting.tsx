import { useEffect, useRef, useState } from "react";
import { DeskError } from "../lib/backend";
import { findAction, run, runNext } from "../lib/actions";
import { desk } from "../lib/desk";
import { signal, useResting, useSyncStatus } from "../lib/query";
import { go, paths } from "../lib/route";
import { forgetAct, remember, type Undoable, undoOne } from "../lib/undo";
import type { RestingMessage } from "../lib/view";
import { t } from "../lib/words";
import { CircleAlert, Clock } from "../ui/icons";
import { Kbd } from "../ui/Kbd";
import { isUnsaved, saveAll, takenBack } from "./drafts";

/** Resting tells of what was sent and can still be taken back, wherever one is in
 * the window, and counts down. */
export function Resting() {
  const { data: list = [], dataUpdatedAt } = useResting();
  const sync = useSyncStatus().data;
  const actOf = useTakingBack(list);
  const now = useSeconds(list.length > 0);
  const last = list.at(-1);
  if (!last) return null;
  const left = Math.max(0, Math.ceil((last.leftMs - Math.max(0, now - dataUpdatedAt)) / 1_000));
  const away = sync !== undefined && !sync.solo && sync.state !== "online";
  const words = last.problem || (away ? t("To {{to}}: goes when online", { to: last.to }) : t("To {{to}}: goes in a moment", { to: last.to }));
  return (
    <span className="resting">
      {last.problem ? <CircleAlert size={13} aria-hidden /> : <Clock size={13} aria-hidden />}
      <span className="cut" role="status" title={words}>
        {words}
      </span>
      {!last.problem && <bdi className="tabular" aria-hidden>{t("{{count}} s", { count: left })}</bdi>}
      {list.length > 1 && <span className="text-muted">{t("and {{count}} more", { count: list.length - 1 })}</span>}
      <button type="button" onClick={() => void undoOne(actOf(last))}>
        {t("Take back")} <Kbd caps={["z"]} />
      </button>
    </span>
  );
}

/** takeBack gives the words to the composer as they were, and the keyboard too.
 * Drafts are saved first: Go puts what was begun meanwhile below. */
async function takeBack(message: RestingMessage): Promise<void> {
  await Promise.all(saveAll());
  if (isUnsaved(message.ticketId, message.kind)) {
    throw new DeskError("internal", t("What you have begun since could not be saved, so the message is not taken back; copy your words, or try again."));
  }
  takenBack(message.ticketId, await desk.compose.takeBack(message.id));
  signal("ticket", message.ticketId);
  signal("queue");
  signal("sync");
  const action = actionOf(message);
  if (location.hash.includes(encodeURIComponent(message.ticketId)) && findAction(action)) return run(action);
  runNext(action);
  go(paths.ticket(message.ticketId));
}

const actionOf = ({ kind }: RestingMessage) => {
  if (kind.startsWith("aside:")) return `aside.${kind.slice("aside:".length)}`;
  return kind === "forward" ? "compose.forwarding" : `compose.${kind}`;
};

const undoing = (message: RestingMessage): Undoable => ({ name: t("Message to {{to}}", { to: message.to }), back: () => takeBack(message) });

/** What rests is the newest thing that can be undone, until it has left. It returns
 * what undoes a message. */
function useTakingBack(list: RestingMessage[]): (message: RestingMessage) => Undoable {
  const known = useRef(new Map<string, Undoable>());
  useEffect(() => {
    const held = new Set(list.map(({ id }) => id));
    for (const message of list) {
      if (known.current.has(message.id)) continue;
      const act = undoing(message);
      known.current.set(message.id, act);
      remember(act);
    }
    for (const [id, act] of known.current) {
      if (held.has(id)) continue;
      known.current.delete(id);
      forgetAct(act);
    }
  }, [list]);
  return (message) => known.current.get(message.id) ?? undoing(message);
}

function useSeconds(on: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [on]);
  return now;
}
