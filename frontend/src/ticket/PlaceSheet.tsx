import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";
import { carryOut, placing } from "../lib/change";
import { desk } from "../lib/desk";
import type { Entry, TicketRow, TicketView } from "../lib/view";
import { t } from "../lib/words";
import { AskSheet } from "../mark/AskSheet";

const offered = 8;

/** PlaceSheet moves a message to the ticket whose number is written, or that is
 * found by its words. */
export function PlaceSheet({ ticket, entry, onClose }: { ticket: TicketView; entry: Entry; onClose: () => void }) {
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<TicketRow>();
  const found = useQuery({ queryKey: ["find", words], queryFn: () => desk.search.find({ query: words, limit: offered }), enabled: words.trim() !== "" && chosen === undefined, placeholderData: keepPreviousData, staleTime: 0 });
  const tickets = (found.data ?? []).filter((row) => row.id !== ticket.row.id);
  const choose = (id: string | number | null) => {
    const row = tickets.find((one) => one.id === id);
    if (!row) return;
    setChosen(row);
    setWords(`${row.number} ${row.title}`);
  };
  const type = (text: string) => {
    setWords(text);
    if (chosen && text !== `${chosen.number} ${chosen.title}`) setChosen(undefined);
  };
  const place = () => carryOut([placing(ticket, entry.id, { toId: chosen?.id ?? "", number: chosen ? "" : words.trim() })]);
  const asker = ticket.requester.person;
  const isOthers = chosen && chosen.requester.id !== asker.id && entry.kind !== "note" && !entry.asideId;
  return (
    <AskSheet title={t("Move a message of {{number}} to another ticket", { number: ticket.row.number })} does={t("Move")} isReady={words.trim() !== ""} act={place} onClose={onClose}>
      <p>{t("It goes there with its files, and what answers it will too. Its sender may write there from then on.")}</p>
      <ComboBox className="field" items={tickets} inputValue={words} onInputChange={type} selectedKey={chosen?.id ?? null} onSelectionChange={choose} allowsCustomValue allowsEmptyCollection menuTrigger="input">
        <Label className="field-label">{t("Number or words of the ticket")}</Label>
        <Input className="input" placeholder="INC0001042" dir="auto" autoFocus />
        <Popover className="popover" offset={3} data-overlay>
          <ListBox className="option-list" renderEmptyState={() => <div className="option-none">{t("No such ticket on this device")}</div>}>
            {(row: TicketRow) => (
              <ListBoxItem className="option" id={row.id} textValue={`${row.number} ${row.title}`}>
                <span className="cut" dir="auto">
                  {row.title}
                </span>
                <span className="option-hint">
                  {row.number} · {row.requester.name}
                </span>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      {isOthers && <p>{t("{{other}} asks there, not {{asker}}: an answer on that ticket may quote this message to them.", { other: chosen.requester.name || t("Somebody else"), asker: asker.name })}</p>}
    </AskSheet>
  );
}
