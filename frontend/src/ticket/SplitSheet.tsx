import { useState } from "react";
import { carryOut, splitting } from "../lib/change";
import { go, paths } from "../lib/route";
import type { Entry, Placed, TicketView } from "../lib/view";
import { t } from "../lib/words";
import { AskSheet } from "../mark/AskSheet";
import { Segments } from "../ui/Segments";
import { TextInput } from "../ui/TextInput";
import { firstWords } from "./first_words";

const titleMost = 120;

const landed = (placed: Placed) => go(paths.ticket(placed.ticketId));

/** SplitSheet lets a message open a ticket of its own, and leads there. */
export function SplitSheet({ ticket, entry, onClose }: { ticket: TicketView; entry: Entry; onClose: () => void }) {
  const [title, setTitle] = useState(firstWords(entry.text, titleMost));
  const [kind, setKind] = useState(ticket.row.kind);
  const split = () => carryOut([splitting(ticket, { ticketId: ticket.row.id, messageId: entry.id, kind, title }, landed)]);
  return (
    <AskSheet title={t("Split a message of {{number}} into a ticket of its own", { number: ticket.row.number })} does={t("Split")} isReady={title.trim() !== ""} act={split} onClose={onClose}>
      <p>{t("{{name}} asks there; team, service and category are those of this ticket. What answers the message will go there too.", { name: entry.kind === "requester" ? entry.author.name || entry.author.email : ticket.requester.person.name })}</p>
      <TextInput label={t("Title")} value={title} onChange={setTitle} autoFocus isRequired />
      <Segments label={t("Kind")} choices={[{ value: "incident", label: t("Incident") }, { value: "request", label: t("Service request") }]} value={kind} onChange={setKind} />
    </AskSheet>
  );
}
