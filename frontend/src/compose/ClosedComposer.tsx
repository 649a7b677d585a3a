import { useAct } from "../lib/act";
import { useActions } from "../lib/actions";
import { desk } from "../lib/desk";
import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { nobody } from "./keeper";

/** ClosedComposer says why nothing can be written here. Words that were begun before
 * stay: to be read, and to be put aside. */
export function ClosedComposer({ ticket, readOnly }: { ticket: TicketView; readOnly: boolean }) {
  const act = useAct();
  const id = ticket.row.id;
  const begun = ticket.drafts.filter(({ text, files }) => text.trim() !== "" || files.length > 0);
  const kinds = JSON.stringify(begun.map(({ kind }) => kind));
  const discard = (kind: string) => void act.run(() => desk.compose.discard({ ticketId: id, kind, text: "", seenId: "", envelope: nobody }), [["ticket", id], ["queue"]]);
  useActions(
    () => (JSON.parse(kinds) as string[]).map((kind) => ({ id: `compose.discard.${kind}`, name: t("Discard the unsent words ({{kind}})", { kind: nameOf(kind) }), area: t("Writing"), icon: "x", do: () => discard(kind) })),
    [kinds, id],
  );
  return (
    <>
      <p className="composer-closed">{readOnly ? t("This workspace can only be read.") : t("You may read this ticket, but not write to it.")}</p>
      {begun.map(({ kind, text, files }) => (
        <section key={kind} className="composer-left" aria-label={t("Unsent words ({{kind}})", { kind: nameOf(kind) })}>
          <p className="composer-left-text" dir="auto">
            {text}
          </p>
          {files.length > 0 && <p className="text-muted">{files.map(({ name }) => name).join(", ")}</p>}
          <Button size="small" isDisabled={act.busy} onPress={() => discard(kind)}>
            {t("Discard")}
          </Button>
        </section>
      ))}
      {act.problem && <Problem message={act.problem.message} retryLabel={t("Close")} onRetry={act.forget} copyLabel={t("Copy details")} />}
    </>
  );
}

const nameOf = (kind: string) => ({ reply: t("Reply"), note: t("Internal note"), forward: t("Forward") })[kind] ?? t("Side conversation");
