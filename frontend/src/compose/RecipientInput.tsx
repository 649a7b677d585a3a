import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ComboBox, Input, ListBox, Popover } from "react-aria-components";
import { desk } from "../lib/desk";
import { useOptions } from "../lib/query";
import type { Person } from "../lib/view";
import { PersonOption } from "../mark/PersonOption";

const offered = 6;

interface RecipientInputProps {
  label: string;
  /** onAdd resolves to false where what was typed is no address. */
  onAdd: (text: string) => Promise<boolean>;
  onEmpty: () => void;
  onDone: () => void;
}

const written = ({ name, email }: Person) => (name && name !== email ? `"${name.replaceAll(/["\\]/g, "")}" <${email}>` : email);

/** RecipientInput takes an address, typed or pasted, and offers whom this device
 * knows by a part of name or address. */
export function RecipientInput({ label, onAdd, onEmpty, onDone }: RecipientInputProps) {
  const [words, setWords] = useState("");
  const people = usePeople(words);
  const add = (text: string) => {
    if (text.trim() !== "") void onAdd(text).then((taken) => taken && setWords(""));
  };
  const choose = (email: string | number | null) => {
    const person = people.find((one) => one.email === email);
    if (person) add(written(person));
  };
  const keys = (event: React.KeyboardEvent<HTMLInputElement>) => {
    const box = event.currentTarget;
    if (event.key === "Backspace" && words === "") onEmpty();
    else if (event.key === "Escape" && box.getAttribute("aria-expanded") !== "true") {
      event.stopPropagation();
      setWords("");
      onDone();
    } else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey && !box.hasAttribute("aria-activedescendant")) || event.key === ";" || event.key === ",") {
      event.preventDefault();
      event.stopPropagation();
      if (words.trim() === "") onDone();
      add(words);
    }
  };
  return (
    <ComboBox className="recipient-input" aria-label={label} items={people} inputValue={words} onInputChange={setWords} selectedKey={null} onSelectionChange={choose} allowsCustomValue menuTrigger="input">
      <Input onKeyDownCapture={keys} onBlur={() => add(words)} dir="auto" autoComplete="off" />
      <Popover className="popover" offset={3} data-overlay>
        <ListBox className="option-list">
          {(person: Person) => <PersonOption id={person.email} person={person} textValue={`${person.name} ${person.email}`} />}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** usePeople finds requesters and colleagues, each address once. */
function usePeople(words: string): Person[] {
  const part = words.trim().toLowerCase();
  const found = useQuery({ queryKey: ["requesters", part], queryFn: () => desk.directory.requesters({ query: part, limit: offered }), enabled: part.length > 1, placeholderData: keepPreviousData });
  const colleagues = useOptions().data?.people ?? [];
  if (part.length < 2) return [];
  const all = [...(found.data ?? []), ...colleagues.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(part))];
  return all.filter(({ email }, index) => email !== "" && all.findIndex((one) => one.email === email) === index).slice(0, offered);
}
