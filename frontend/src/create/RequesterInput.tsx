import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ComboBox, FieldError, Input, Label, ListBox, Popover } from "react-aria-components";
import { desk } from "../lib/desk";
import { t } from "../lib/words";
import { PersonOption } from "../mark/PersonOption";
import { CircleAlert } from "../ui/icons";
import { change, useNewTicket } from "./form";

const offered = 8;

/** RequesterInput finds who asks by typing a part of name or address. */
export function RequesterInput({ refused }: { refused: boolean }) {
  const { requester, asked: words } = useNewTicket();
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
    change({ requester: person, asked: person.name });
  };
  const type = (asked: string) => change({ asked, requester: requester?.name === asked ? requester : undefined });
  return (
    <ComboBox className="field" items={people} inputValue={words} onInputChange={type} selectedKey={requester?.id ?? null} onSelectionChange={choose} isInvalid={refused} allowsCustomValue allowsEmptyCollection menuTrigger="input">
      <Label className="field-label">{t("Requester")}</Label>
      <Input className="input" placeholder={t("Name or mail address")} dir="auto" />
      <FieldError className="field-error">
        <CircleAlert size={13} aria-hidden />
        {t("Nobody is chosen yet: choose who asks from the list, or empty the field.")}
      </FieldError>
      <Popover className="popover" offset={3} data-overlay>
        <ListBox className="option-list" renderEmptyState={() => <div className="option-none">{t("Nobody by that name on this device")}</div>}>
          {(person: (typeof people)[number]) => <PersonOption id={person.id} person={person} textValue={person.name} />}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
