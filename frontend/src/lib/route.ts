// Addresses of the window's places. Every place can be reached by its address.
import { navigate } from "wouter/use-hash-location";

export const paths = {
  queue: (view: string, ticket = "") => `/q/${encodeURIComponent(view)}${ticket ? `/${encodeURIComponent(ticket)}` : ""}`,
  ticket: (id: string) => `/t/${encodeURIComponent(id)}`,
  conflicts: (ticket = "") => `/conflicts${ticket ? `/${encodeURIComponent(ticket)}` : ""}`,
  unsent: () => "/unsent",
  archive: (number = "") => `/archive${number ? `/${encodeURIComponent(number)}` : ""}`,
  mailboxes: (part = "") => `/mailboxes${part ? `/${part}` : ""}`,
  templates: (id = "") => `/templates${id ? `/${encodeURIComponent(id)}` : ""}`,
  settings: () => "/settings",
};

/** viewPath is where a line of the sidebar leads. */
export function viewPath(view: string): string {
  if (view === "conflicts") return paths.conflicts();
  if (view === "mailboxes") return paths.mailboxes();
  return view === "unsent" ? paths.unsent() : paths.queue(view);
}

export interface Place {
  name: "queue" | "ticket" | "conflicts" | "unsent" | "archive" | "mailboxes" | "templates" | "settings" | "start";
  view: string;
  ticket: string;
}

/** placeOf reads an address; one it does not know is the start. */
export function placeOf(path: string): Place {
  const [name = "", first = "", second = ""] = path.split("/").slice(1).map(decodeURIComponent);
  if (name === "q" && first) return { name: "queue", view: first, ticket: second };
  if (name === "t" && first) return { name: "ticket", view: "", ticket: first };
  if (name === "conflicts") return { name, view: name, ticket: first };
  if (name === "unsent") return { name, view: name, ticket: "" };
  if (name === "archive") return { name, view: "", ticket: first };
  if (name === "mailboxes") return { name, view: name, ticket: second ? `${first}/${second}` : first };
  if (name === "templates") return { name, view: "", ticket: first };
  if (name === "settings") return { name, view: "", ticket: "" };
  return { name: "start", view: "", ticket: "" };
}

/** here is the address one is at. */
export const here = () => `/${location.hash.replace(/^#?\/?/, "")}`;

export const go = (path: string, replace = false) => navigate(path, { replace });

/** begin leads from the start to the first place, unless one has gone elsewhere
 * meanwhile: the address is ahead of what is drawn. */
export function begin(path: string): void {
  if (placeOf(here()).name === "start") go(path, true);
}
