import { useRef } from "react";
import { useAct } from "../lib/act";
import { useActions } from "../lib/actions";
import { desk } from "../lib/desk";
import { keyCaps } from "../lib/keys";
import { shortTime } from "../lib/time";
import type { Refusal, RefusalGroup } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { copyText } from "../ui/clipboard";
import { CircleAlert, Copy } from "../ui/icons";
import { Problem } from "../ui/Problem";

interface RefusalCardProps {
  group: RefusalGroup;
  /** first: the keys act on this one. */
  first: boolean;
  onOpen: (ticketId: string) => void;
}

/** RefusalCard is what the server refused for one reason: why, every word that
 * was written, and the ways on, until the person has put it aside. */
export function RefusalCard({ group, first, onOpen }: RefusalCardProps) {
  const { key, refusals, into, again, retry } = group;
  const act = useAct();
  const text = refusals.flatMap((refusal) => refusal.text || []).join("\n\n");
  const run = (work: () => Promise<unknown>) => void act.once(work, [["tray"], ["sync"], ["queue"], ["ticket", group.row.id], ["ticket", into.id]]);
  const ways = {
    retry: () => run(() => desk.tray.retry(key)),
    add: () => run(() => desk.tray.addToMerged(key)),
    open: () => run(async () => onOpen((await desk.tray.openAgain(key)).id)),
    copy: () => copyText(text),
    dismiss: () => run(() => desk.tray.dismiss(key)),
  };
  const names = {
    add: t("Add to {{number}}", { number: into.number || t("the merged ticket") }),
    open: into.id ? t("Open as a ticket of its own") : t("Open again with a new number"),
  };
  const latest = useRef(ways);
  latest.current = ways;
  useActions(() => {
    if (!first) return [];
    const area = t("Refused change");
    const now = (way: keyof typeof ways) => () => latest.current[way]();
    return [
      { id: "refusal.retry", name: t("Try the refused change again"), area, keys: ["r"], icon: "refresh-cw", when: () => retry, do: now("retry") },
      { id: "refusal.add", name: names.add, area, icon: "merge", when: () => into.number !== "", do: now("add") },
      { id: "refusal.open", name: names.open, area, icon: "plus", when: () => again, do: now("open") },
      { id: "refusal.copy", name: t("Copy the refused text"), area, keys: ["."], icon: "copy", when: () => text !== "", do: now("copy") },
      { id: "refusal.dismiss", name: t("Put the refused change aside"), area, icon: "x", do: now("dismiss") },
    ];
  }, [first, retry, again, text, names.add, names.open, into.number]);
  const caps = (chord: string) => (first ? keyCaps(chord) : undefined);
  return (
    <section className="refusal" data-tray={`refusal:${key}`} aria-label={t("Refused change")}>
      <header className="held-head">
        <CircleAlert size={15} aria-hidden />
        <b>{refusals.length === 1 ? refusals[0]!.sentence : t("{{count}} refused changes", { count: refusals.length })}</b>
        <span className="grow" />
        <span className="text-caption text-muted">{shortTime(refusals[0]?.at ?? "")}</span>
      </header>
      <div className="refusal-body">
        <p>{refusals[0]?.reason}</p>
        {refusals.map((refusal) => (
          <Written key={refusal.id} refusal={refusal} alone={refusals.length === 1} />
        ))}
        {act.problem && <Problem message={act.problem.message} copyLabel={t("Copy details")} />}
        <div className="held-acts">
          {retry && (
            <Button caps={caps("r")} isPending={act.busy} onPress={ways.retry}>
              {t("Try again")}
            </Button>
          )}
          {into.id && (
            <Button isPending={act.busy} isDisabled={!into.number} onPress={ways.add}>
              {names.add}
            </Button>
          )}
          {again && (
            <Button isPending={act.busy} onPress={ways.open}>
              {names.open}
            </Button>
          )}
          {text && (
            <Button caps={caps(".")} onPress={ways.copy}>
              <Copy size={13} aria-hidden />
              {t("Copy the text")}
            </Button>
          )}
          <Button kind="quiet" isPending={act.busy} onPress={ways.dismiss}>
            {t("Put aside")}
          </Button>
          <span className="grow" />
          <span className="text-caption text-muted">{refusals[0]?.code}</span>
        </div>
      </div>
    </section>
  );
}

function Written({ refusal, alone }: { refusal: Refusal; alone: boolean }) {
  return (
    <>
      {!alone && <p className="refusal-what">{refusal.sentence}</p>}
      {refusal.text && (
        <div className="refusal-text prose-text" dir="auto">
          {refusal.text}
        </div>
      )}
    </>
  );
}
