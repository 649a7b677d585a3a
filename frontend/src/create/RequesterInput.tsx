import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ComboBox, Input, Label, ListBox, Popover } from "react-aria-components";
import { desk } from "../lib/desk";
import { t } from "../lib/words";
import { PersonOption } from "../mark/PersonOption";
import { change, useNewTicket } from "./form";

const offered = 8;

/** RequesterInput finds who asks by typing a part of name or address. */
export function RequesterInput() {
  const { requester } = useNewTicket();
  const [words, setWords] = useState(requester?.name ?? "");
  const found = useQuery({
    queryKey: ["requesters", words],
    queryFn: () => desk.directory.requesters({ query: words, limit: offered }),
    enabled: words.trim() !== "" && words !== requester?.name,
    placeholderData: keepPreviousData,
  });
  const people = found.data ?? [];
  const choose = (id: string | number | null) => {
    const person = people.find((one) => one.id === id);
    if (!person) return;
    change({ requester: person });
    setWords(person.name);
  };
  const type = (text: string) => {
    setWords(text);
    if (requester && text !== requester.name) change({ requester: undefined });
  };
  return (
    <ComboBox className="field" items={people} inputValue={words} onInputChange={type} selectedKey={requester?.id ?? null} onSelectionChange={choose} allowsCustomValue allowsEmptyCollection menuTrigger="input">
      <Label className="field-label">{t("Requester")}</Label>
      <Input className="input" placeholder={t("Name or mail address")} dir="auto" />
      <Popover className="popover" offset={3} data-overlay>
        <ListBox className="option-list" renderEmptyState={() => <div className="option-none">{t("Nobody by that name on this device")}</div>}>
          {(person: (typeof people)[number]) => <PersonOption id={person.id} person={person} textValue={person.name} />}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
