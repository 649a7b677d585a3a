import { ListBoxItem } from "react-aria-components";
import type { Person } from "../lib/view";
import { PersonFace } from "./PersonFace";

/** PersonOption is a line of a list that people are chosen from. */
export function PersonOption({ id, person, textValue }: { id: string; person: Person; textValue: string }) {
  return (
    <ListBoxItem className="option" id={id} textValue={textValue}>
      <PersonFace person={person} size="small" />
      <span className="cut" dir="auto">
        {person.name}
      </span>
      <span className="option-hint">{person.email}</span>
    </ListBoxItem>
  );
}
