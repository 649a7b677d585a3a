import { useRef } from "react";
import { useAct } from "../lib/act";
import { useActions } from "../lib/actions";
import { desk } from "../lib/desk";
import { keyCaps } from "../lib/keys";
import { shortTime } from "../lib/time";
import { useUnfinished } from "../lib/unfinished";
import type { HeldReply } from "../lib/view";
import { t } from "../lib/words";
import { firstName, PersonFace } from "../mark/PersonFace";
import { Button, Hinted } from "../ui/Button";
import { ClockAlert } from "../ui/icons";
import { Problem } from "../ui/Problem";

/** HeldCard is a reply the stale-reply guard stopped, beside what happened since.
 * The keys act on the first of a ticket. */
export function HeldCard({ held, first }: { held: HeldReply; first: boolean }) {
  const { value: text, change, finish } = useUnfinished<string | undefined>(`held ${held.messageId}`, undefined, { lasts: true });
  const act = useAct();
  const choose = (how: "send" | "note" | "discard") =>
    void (act.busy || act.run(() => desk.compose.held({ messageId: held.messageId, act: how, text: text ?? held.text }), [["tray"], ["queue"], ["sync"], ["ticket", held.row.id]]).then((done) => done && finish()));
  const edit = () => change(text ?? held.text);
  const latest = useRef({ choose, edit });
  latest.current = { choose, edit };
  useActions(() => {
    if (!first) return [];
    const area = t("Held reply");
    return [
      { id: "held.edit", name: t("Edit the held reply"), area, keys: ["r"], icon: "pen-line", do: () => latest.current.edit() },
      { id: "held.send", name: t("Send the held reply"), area, keys: ["Mod+Enter"], icon: "reply", do: () => latest.current.choose("send") },
      { id: "held.note", name: t("Keep the held reply as an internal note"), area, keys: ["n"], icon: "lock", do: () => latest.current.choose("note") },
      { id: "held.discard", name: t("Discard the held reply"), area, icon: "x", do: () => latest.current.choose("discard") },
    ];
  }, [first]);
  const caps = (chord: string) => (first ? keyCaps(chord) : undefined);
  const sending = text === undefined ? t("Send as it is") : t("Send to {{name}}", { name: firstName(held.row.requester) });
  const name = held.row.requester.name || held.to;
  return (
    <section className="held" data-tray={`held:${held.messageId}`} aria-label={t("Held reply")}>
      <header className="held-head">
        <ClockAlert size={15} aria-hidden />
        <b>{t("Your reply to {{name}} is held: the ticket moved on after you wrote it", { name })}</b>
        <span className="grow" />
        <span className="text-caption text-muted">{t("Written {{time}}", { time: shortTime(held.writtenAt) })}</span>
      </header>
      <div className="held-half">
        <h2>{t("Changed since you wrote")}</h2>
        {held.since.map((step, index) => (
          <div key={`${index}${step.at}`} className="held-step">
            <time className="tabular" dateTime={step.at}>
              {shortTime(step.at)}
            </time>
            {step.author.id ? <PersonFace person={step.author} size="small" /> : <span />}
            <span dir="auto">
              <b>{step.author.name}</b> {step.text}
            </span>
          </div>
        ))}
      </div>
      <div className="held-half">
        <h2>{t("Your reply, not sent")}</h2>
        {text === undefined ? (
          <div className="prose-text" dir="auto">
            {held.text}
          </div>
        ) : (
          <textarea autoFocus dir="auto" rows={5} className="input held-text" aria-label={t("Your reply to {{name}}", { name })} value={text} onFocus={toEnd} onChange={(event) => change(event.target.value)} />
        )}
        {act.problem && <Problem message={`${act.problem.message} ${t("Your text is safe.")}`} copyLabel={t("Copy details")} />}
        <div className="held-acts">
          {text === undefined && (
            <Button caps={caps("r")} onPress={edit}>
              {t("Edit")}
            </Button>
          )}
          <Hinted label={sending} caps={caps("Mod+Enter")}>
            <Button isPending={act.busy} onPress={() => choose("send")}>
              {sending}
            </Button>
          </Hinted>
          <Hinted label={t("Keep as internal note")} caps={caps("n")}>
            <Button isPending={act.busy} onPress={() => choose("note")}>
              {t("Keep as internal note")}
            </Button>
          </Hinted>
          <Button kind="quiet" isPending={act.busy} onPress={() => choose("discard")}>
            {t("Discard")}
          </Button>
        </div>
      </div>
    </section>
  );
}

// One goes on where the words end.
const toEnd = ({ target }: React.FocusEvent<HTMLTextAreaElement>) => target.setSelectionRange(target.value.length, target.value.length);
