import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { allActions, findAction, isReady } from "../lib/actions";
import { desk } from "../lib/desk";
import { isFilling } from "../lib/fresh";
import { keyCaps } from "../lib/keys";
import { useSidebar, useSyncStatus } from "../lib/query";
import { go, paths, viewPath } from "../lib/route";
import { t } from "../lib/words";
import { arrange } from "../queue";
import { Search } from "../ui/icons";
import { Kbd } from "../ui/Kbd";
import { SheetFrame } from "../ui/Sheet";
import { openInTab } from "./desktop";
import { type Asked, commandsOf, matchCommands, numberIn, readWords, type Result } from "./palette";
import { PaletteRow } from "./PaletteRow";

const mostCommands = 5;
const allCommands = 40;
const mostTickets = 8;
const mostPeople = 4;

interface PaletteProps {
  initial: string;
  context: string;
  onClose: () => void;
}

/** Palette is one box for commands, tickets and people. */
export function Palette({ initial, context, onClose }: PaletteProps) {
  const [typed, setTyped] = useState(initial);
  const [at, setAt] = useState(0);
  const groups = useResults(typed);
  const results = groups.flatMap((group) => group.results);
  const current = results[Math.min(at, results.length - 1)];
  const list = useRef<HTMLDivElement>(null);
  const { words } = readWords(typed);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [current?.key]);
  const choose = (result: Result | undefined, inTab: boolean) => {
    if (!result) return;
    onClose();
    perform(result, inTab);
  };
  const keys = (event: React.KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && results.length > 0) setAt((Math.min(at, results.length - 1) + step + results.length) % results.length);
    else if (event.key === "Enter") choose(current, event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
  };
  return (
    <SheetFrame label={t("Commands and search")} onClose={onClose}>
      <div className="palette-box">
        <Search size={18} aria-hidden />
        <input
          autoFocus
          dir="auto"
          role="combobox"
          aria-expanded
          aria-controls="palette-list"
          aria-activedescendant={current ? `palette-${current.key}` : undefined}
          aria-autocomplete="list"
          aria-label={t("Search or command")}
          placeholder={t("Search or command")}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={keys}
        />
        {context && <span className="pill">{t("on {{number}}", { number: context })}</span>}
        <Kbd caps={["Esc"]} />
      </div>
      <div ref={list} id="palette-list" role="listbox" className="palette-list" aria-label={t("Results")}>
        {groups.map((group) => (
          <div key={group.title} role="group" aria-label={group.title}>
            <div className="palette-group" aria-hidden>
              {group.title}
            </div>
            {group.results.map((result) => (
              <PaletteRow key={result.key} result={result} words={words} isCurrent={result === current} onChoose={(inTab) => choose(result, inTab)} onPoint={() => setAt(results.indexOf(result))} />
            ))}
          </div>
        ))}
        {results.length === 0 && <div className="option-none">{t("Nothing found.")}</div>}
      </div>
      <StillComing asked={readWords(typed)} />
      <PaletteFoot />
    </SheetFrame>
  );
}

function useResults(typed: string): { title: string; results: Result[] }[] {
  const { scope, words } = readWords(typed);
  const sidebar = useSidebar().data;
  const wants = (one: typeof scope) => scope === one || (scope === "all" && words !== "");
  const tickets = useQuery({ queryKey: ["find", words], queryFn: () => desk.search.find({ query: words, limit: mostTickets }), enabled: wants("tickets") && words !== "", placeholderData: keepPreviousData, staleTime: 0 });
  const people = useQuery({ queryKey: ["requesters", words], queryFn: () => desk.directory.requesters({ query: words, limit: mostPeople }), enabled: wants("people") && words !== "", placeholderData: keepPreviousData });
  return useMemo(() => {
    const offered = allActions().filter((action) => !action.hidden && isReady(action) && action.id !== "window.palette");
    const asked = wants("tickets") && !tickets.isPlaceholderData && tickets.data ? numberIn(words, tickets.data) : "";
    const views = sidebar?.flatMap((section) => section.items) ?? [];
    const commands = scope === "all" || scope === "commands" ? matchCommands(commandsOf(offered, views, (name) => t("Open {{name}}", { name })), words, words && scope === "all" ? mostCommands : allCommands) : [];
    return [
      { title: t("Commands"), results: commands.map((command) => ({ kind: "command" as const, key: `c-${command.id}`, command })) },
      { title: t("Tickets"), results: wants("tickets") && words ? (tickets.data ?? []).map((row) => ({ kind: "ticket" as const, key: `t-${row.id}`, row })) : [] },
      { title: t("At the hub"), results: asked ? [{ kind: "hub" as const, key: "h", number: asked }] : [] },
      { title: t("People"), results: wants("people") && words ? (people.data ?? []).map((person) => ({ kind: "person" as const, key: `p-${person.id}`, person })) : [] },
    ].filter((group) => group.results.length > 0);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- wants follows scope and words
  }, [scope, words, sidebar, tickets.data, tickets.isPlaceholderData, people.data]);
}

function perform(result: Result, inTab: boolean): void {
  if (result.kind === "ticket") return inTab ? openInTab(paths.ticket(result.row.id)) : go(paths.queue("all", result.row.id));
  if (result.kind === "hub") return go(paths.archive(result.number));
  if (result.kind === "person") {
    arrange("all", { text: result.person.name });
    return go(paths.queue("all"));
  }
  const { id } = result.command;
  if (id.startsWith("view:")) return inTab ? openInTab(viewPath(id.slice(5))) : go(viewPath(id.slice(5)));
  // The sheet gives the focus back first, so that the act finds its place.
  requestAnimationFrame(() => findAction(id)?.do());
}

/** StillComing says that not every ticket could be looked through yet. */
function StillComing({ asked }: { asked: Asked }) {
  const filling = isFilling(useSyncStatus().data);
  if (!filling || asked.words === "" || !["all", "tickets"].includes(asked.scope)) return null;
  return (
    <p className="palette-note" role="status">
      {t("Tickets are still coming from the server: not all of them are found yet.")}
    </p>
  );
}

function PaletteFoot() {
  return (
    <div className="palette-foot">
      <span>
        <Kbd caps={["↑", "↓"]} /> {t("choose")}
      </span>
      <span>
        <Kbd caps={["↵"]} /> {t("run")}
      </span>
      <span>
        <Kbd caps={keyCaps("Mod+Enter")} /> {t("new tab")}
      </span>
      <span className="grow" />
      <span>
        <Kbd caps={[">"]} /> {t("command")}
      </span>
      <span>
        <Kbd caps={["#"]} /> {t("ticket")}
      </span>
      <span>
        <Kbd caps={["@"]} /> {t("person")}
      </span>
    </div>
  );
}
