import { useAct } from "../lib/act";
import { desk } from "../lib/desk";
import { shortTime } from "../lib/time";
import type { Refusal, RefusalGroup } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { copyText } from "../ui/clipboard";
import { CircleAlert, Copy } from "../ui/icons";
import { Problem } from "../ui/Problem";

/** RefusalCard is what the server refused for one reason: why, every word that
 * was written, and the ways on, until the person has put it aside. */
export function RefusalCard({ group, onOpen }: { group: RefusalGroup; onOpen: (ticketId: string) => void }) {
  const { key, refusals, into, again } = group;
  const act = useAct();
  const touched: Parameters<typeof act.run>[1] = [["tray"], ["sync"], ["queue"], ["ticket", into.id]];
  const openAgain = () => void act.run(async () => onOpen((await desk.tray.openAgain(key)).id), touched);
  const text = refusals.flatMap((refusal) => refusal.text || []).join("\n\n");
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
          {into.id && (
            <Button isDisabled={act.busy || !into.number} onPress={() => void act.run(() => desk.tray.addToMerged(key), touched)}>
              {t("Add to {{number}}", { number: into.number || t("the merged ticket") })}
            </Button>
          )}
          {again && (
            <Button isDisabled={act.busy} onPress={openAgain}>
              {into.id ? t("Open as a ticket of its own") : t("Open again with a new number")}
            </Button>
          )}
          {text && (
            <Button onPress={() => copyText(text)}>
              <Copy size={13} aria-hidden />
              {t("Copy the text")}
            </Button>
          )}
          <Button kind="quiet" isDisabled={act.busy} onPress={() => void act.run(() => desk.tray.dismiss(key), touched)}>
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
