import { useAct } from "../lib/act";
import { desk } from "../lib/desk";
import { shortTime } from "../lib/time";
import type { Refusal } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { copyText } from "../ui/clipboard";
import { CircleAlert, Copy } from "../ui/icons";
import { Problem } from "../ui/Problem";

/** RefusalCard is a change the server refused: why, and every word that was
 * written, until the person has put it aside. */
export function RefusalCard({ refusal }: { refusal: Refusal }) {
  const act = useAct();
  const dismiss = () => void act.run(() => desk.tray.dismissRefusal(refusal.id), [["tray"], ["sync"], ["queue"]]);
  return (
    <section className="refusal" aria-label={t("Refused change")}>
      <header className="held-head">
        <CircleAlert size={15} aria-hidden />
        <b>{refusal.sentence}</b>
        <span className="grow" />
        <span className="text-caption text-muted">{shortTime(refusal.at)}</span>
      </header>
      <div className="refusal-body">
        <p>{refusal.reason}</p>
        {refusal.text && (
          <div className="refusal-text prose-text" dir="auto">
            {refusal.text}
          </div>
        )}
        {act.problem && <Problem message={act.problem.message} copyLabel={t("Copy details")} />}
        <div className="held-acts">
          {refusal.text && (
            <Button onPress={() => copyText(refusal.text)}>
              <Copy size={13} aria-hidden />
              {t("Copy the text")}
            </Button>
          )}
          <Button kind="quiet" isDisabled={act.busy} onPress={dismiss}>
            {t("Put aside")}
          </Button>
          <span className="grow" />
          <span className="text-caption text-muted">{refusal.code}</span>
        </div>
      </div>
    </section>
  );
}
