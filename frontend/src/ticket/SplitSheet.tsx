import { useState } from "react";
import { useAct } from "../lib/act";
import { carryOut, splitting } from "../lib/change";
import { go, paths } from "../lib/route";
import type { Entry, Placed, TicketView } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { Segments } from "../ui/Segments";
import { Sheet } from "../ui/Sheet";
import { TextInput } from "../ui/TextInput";

const titleMost = 120;

/** firstLine is what a message would be called. */
const firstLine = (text: string) => text.split("\n").map((line) => line.trim()).find(Boolean)?.slice(0, titleMost) ?? "";

const landed = (placed: Placed) => go(paths.ticket(placed.ticketId));

/** SplitSheet lets a message open a ticket of its own, and leads there. */
export function SplitSheet({ ticket, entry, onClose }: { ticket: TicketView; entry: Entry; onClose: () => void }) {
  const [title, setTitle] = useState(firstLine(entry.text));
  const [kind, setKind] = useState(ticket.row.kind);
  const act = useAct();
  const submit = async () => {
    const request = { ticketId: ticket.row.id, messageId: entry.id, kind, title };
    if (await act.run(() => carryOut([splitting(ticket, request, landed)]))) onClose();
  };
  return (
    <Sheet title={t("Split a message of {{number}} into a ticket of its own", { number: ticket.row.number })} closeLabel={t("Close")} onClose={onClose}>
      <form
        className="flex flex-col gap-12"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>{t("{{name}} asks there; team, service and category are those of this ticket. What answers the message will go there too.", { name: entry.kind === "requester" ? entry.author.name || entry.author.email : ticket.requester.person.name })}</p>
        <TextInput label={t("Title")} value={title} onChange={setTitle} autoFocus isRequired />
        <Segments label={t("Kind")} choices={[{ value: "incident", label: t("Incident") }, { value: "request", label: t("Service request") }]} value={kind} onChange={setKind} />
        {act.problem && <Problem message={act.problem.message} copyLabel={t("Copy details")} />}
        <div className="flex items-center gap-8">
          <Button type="submit" kind="primary" caps={["↵"]} isDisabled={title.trim() === "" || act.busy}>
            {t("Split")}
          </Button>
          <Button kind="quiet" onPress={onClose}>
            {t("Cancel")}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
