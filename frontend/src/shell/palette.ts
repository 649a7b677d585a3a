// What the palette offers for the words typed. Prefixes narrow: > commands,
// # tickets, @ people. Commands and views are matched here by letters in order
// (uFuzzy); tickets and people come from Go's search.
import uFuzzy from "@leeoniya/ufuzzy";
import type { Action } from "../lib/actions";
import type { Person, SidebarItem, TicketRow } from "../lib/view";

type Scope = "all" | "commands" | "tickets" | "people";

export interface Asked {
  scope: Scope;
  words: string;
}

const prefixes: Record<string, Scope> = { ">": "commands", "#": "tickets", "@": "people" };

export function readWords(typed: string): Asked {
  const scope = prefixes[typed.charAt(0)];
  return scope ? { scope, words: typed.slice(1).trim() } : { scope: "all", words: typed.trim() };
}

/** A Span is a part of a name; hit marks what was typed. */
export interface Span {
  text: string;
  hit: boolean;
}

export interface Command {
  id: string;
  name: string;
  icon: string | undefined;
  hint: string;
  chord: string | undefined;
  spans: Span[];
}

export type Result =
  | { kind: "command"; key: string; command: Command }
  | { kind: "ticket"; key: string; row: TicketRow }
  | { kind: "person"; key: string; person: Person }
  | { kind: "hub"; key: string; number: string };

const fuzzy = new uFuzzy({ intraMode: 1 });

export function commandsOf(actions: Action[], views: SidebarItem[], goTo: (name: string) => string): Omit<Command, "spans">[] {
  const fromViews = views.map((view) => ({ id: `view:${view.id}`, name: goTo(view.label), icon: view.icon, hint: "", chord: undefined }));
  const fromActions = actions.map(({ id, name, icon, area, keys }) => ({ id, name, icon: icon ?? "search", hint: area, chord: keys?.[0] }));
  return [...fromActions, ...fromViews];
}

/** matchCommands gives the best first; with no words all, in their own order. */
export function matchCommands(commands: Omit<Command, "spans">[], words: string, most: number): Command[] {
  if (!words) return commands.slice(0, most).map((command) => ({ ...command, spans: [{ text: command.name, hit: false }] }));
  const names = commands.map((command) => command.name);
  const [found, info, order] = fuzzy.search(names, words, 4);
  if (!found || !info || !order) return [];
  return order.slice(0, most).map((at) => {
    const command = commands[info.idx[at]!]!;
    return { ...command, spans: spansOf(command.name, info.ranges[at]!) };
  });
}

function spansOf(name: string, ranges: ArrayLike<number>): Span[] {
  return uFuzzy.highlight<Span[], Span>(
    name,
    ranges as never,
    (text, hit) => ({ text, hit }),
    [],
    (spans, span) => {
      if (span.text) spans.push(span);
      return spans;
    },
  );
}

const lead = 24; // letters before the first word found

/** excerptOf cuts a text so that what was found in it stands in sight. */
export function excerptOf(text: string, words: string): Span[] {
  const spans = markWords(text, words);
  const [first] = spans;
  if (!first || first.hit || spans.length === 1 || first.text.length <= lead) return spans;
  const from = first.text.indexOf(" ", first.text.length - lead);
  return [{ text: `…${first.text.slice(from < 0 ? -lead : from)}`, hit: false }, ...spans.slice(1)];
}

/** markWords marks where the words stand in a text found by Go. */
export function markWords(text: string, words: string): Span[] {
  const parts = words.split(/\s+/).filter(Boolean).map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (parts.length === 0) return [{ text, hit: false }];
  return text.split(new RegExp(`(${parts.join("|")})`, "i")).map((part, index) => ({ text: part, hit: index % 2 === 1 })).filter((span) => span.text !== "");
}

/** numberIn is the number of a ticket that is nowhere on this device, if that is
 * what was typed. */
export function numberIn(words: string, here: TicketRow[]): string {
  const number = words.toUpperCase();
  return /^[A-Z]{2,5}\d{4,}$/.test(number) && !here.some((row) => row.number === number) ? number : "";
}
