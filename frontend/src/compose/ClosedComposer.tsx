import { useAct } from "../lib/act";
import { useActions } from "../lib/actions";
import { desk } from "../lib/desk";
import type { Draft, TicketView } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { copyText } from "../ui/clipboard";
import { Copy } from "../ui/icons";
import { Problem } from "../ui/Problem";
import { nobody } from "./keeper";
import { kindIcon, kindName } from "./kinds";

/** ClosedComposer says why nothing can be written here. Words that were begun before
 * stay: to be read, to be taken elsewhere, and to be put aside. */
export function ClosedComposer({ ticket, readOnly }: { ticket: TicketView; readOnly: boolean }) {
  const act = useAct();
  const id = ticket.row.id;
  const begun = ticket.drafts.filter(({ text, files }) => text.trim() !== "" || files.length > 0);
  const kinds = JSON.stringify(begun.map((draft) => ({ kind: draft.kind, name: called(draft), text: draft.text })));
  const discard = (kind: string) => void act.run(() => desk.compose.discard({ ticketId: id, kind, text: "", seenId: "", envelope: nobody }), [["ticket", id], ["queue"]]);
  useActions(
    () =>
      (JSON.parse(kinds) as { kind: string; name: string; text: string }[]).flatMap(({ kind, name, text }) => [
        { id: `compose.copy.${kind}`, name: t("Copy the unsent words ({{kind}})", { kind: name }), area: t("Writing"), icon: "copy", when: () => text !== "", do: () => copyText(text) },
        { id: `compose.discard.${kind}`, name: t("Discard the unsent words ({{kind}})", { kind: name }), area: t("Writing"), icon: "x", do: () => discard(kind) },
      ]),
    [kinds, id],
  );
  return (
    <>
      {!ticket.orphan && <p className="composer-closed">{readOnly ? t("This workspace can only be read.") : t("You may read this ticket, but not write to it.")}</p>}
      {begun.map((draft) => (
        <Begun key={draft.kind} draft={draft} isBusy={act.busy} onDiscard={() => discard(draft.kind)} />
      ))}
      {act.problem && <Problem message={act.problem.message} retryLabel={t("Close")} onRetry={act.forget} copyLabel={t("Copy details")} />}
    </>
  );
}

/** called tells drafts apart, those of side conversations by their subjects. */
const called = ({ kind, envelope }: Draft) => kindName(kind, envelope.subject);

function Begun({ draft, isBusy, onDiscard }: { draft: Draft; isBusy: boolean; onDiscard: () => void }) {
  const { kind, text, files } = draft;
  const { Icon, className } = kindIcon(kind);
  return (
    <section className="composer-left" data-kind={kind} aria-label={t("Unsent words ({{kind}})", { kind: called(draft) })}>
      <h2 className="composer-left-kind">
        <Icon size={13} className={className} aria-hidden />
        <span dir="auto">{called(draft)}</span>
      </h2>
      <p className="composer-left-text" dir="auto">
        {text}
      </p>
      {files.length > 0 && <p className="text-muted">{files.map(({ name }) => name).join(", ")}</p>}
      <div className="flex gap-6">
        {text && (
          <Button size="small" onPress={() => copyText(text)}>
            <Copy size={13} aria-hidden />
            {t("Copy the text")}
          </Button>
        )}
        <Button kind="quiet" size="small" isPending={isBusy} onPress={onDiscard}>
          {t("Discard")}
        </Button>
      </div>
    </section>
  );
}
