import type { Person } from "../lib/view";
import { Face } from "../ui/Face";

/** PersonFace is a person's initials; nobody has a question mark. */
export function PersonFace({ person, size, named }: { person: Person; size?: "small" | "big"; named?: boolean }) {
  return (
    <Face initials={person.id ? person.initials : "?"} tint={person.tint} size={size} name={named ? person.name : undefined} />
  );
}

/** firstName is how a send button addresses a person. */
export const firstName = (person: Pick<Person, "name" | "email">) => person.name.split(" ")[0] || person.email;
