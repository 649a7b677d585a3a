import { useEffect, useRef } from "react";
import { Button as AriaButton, Menu, MenuItem, MenuSection, MenuTrigger, Header, Popover, ToggleButton } from "react-aria-components";
import { freshness, stale } from "../lib/fresh";
import { useSyncStatus } from "../lib/query";
import type { Pill } from "../lib/view";
import { t } from "../lib/words";
import { ActionIcon } from "../mark/ActionButton";
import { Hinted, IconButton } from "../ui/Button";
import { ArrowUp, Check, ListFilter, Search, Settings2, X } from "../ui/icons";
import { arrange, type Arrangement } from "./cursor";
import type { QueueWindow } from "./window";

const groupings = () => [
  { id: "", label: t("No groups") },
  { id: "state", label: t("State") },
  { id: "priority", label: t("Priority") },
  { id: "assignee", label: t("Assignee") },
];
const sorts = () => [
  { id: "urgency", label: t("Most urgent first") },
  { id: "updated", label: t("Last changed first") },
  { id: "opened", label: t("Newest first") },
  { id: "number", label: t("By number") },
];

interface QueueHeadProps {
  view: string;
  title: string;
  window: QueueWindow;
  arrangement: Arrangement;
  filtering: boolean;
  onFilter: (on: boolean) => void;
  onLeave: () => void;
}

/** QueueHead says where one is, what waits to come in, and narrows the list. */
export function QueueHead(props: QueueHeadProps) {
  const { view, title, window, arrangement, filtering } = props;
  const head = window.head;
  const sync = useSyncStatus().data;
  return (
    <div className="pane-head">
      <div className="pane-where">
        <h1 className="cut">{title}</h1>
        {head && <span className="text-muted font-normal tabular">{head.total}</span>}
        {stale(sync, view) && <bdi className="queue-fresh cut tabular">{freshness(sync, view)}</bdi>}
        <span className="grow" />
        {window.arrived > 0 && (
          <AriaButton className="pill" data-tone="accent" onPress={() => window.show()}>
            <ArrowUp size={13} aria-hidden />
            {t("{{count}} new · show", { count: window.arrived })}
          </AriaButton>
        )}
        {view !== "drafts" && (
          <>
            <ActionIcon id="queue.filter" pressed={filtering}>
              <ListFilter size={15} />
            </ActionIcon>
            <ArrangeMenu view={view} arrangement={arrangement} />
          </>
        )}
      </div>
      {filtering && <FilterLine view={view} text={arrangement.text} onClose={() => props.onFilter(false)} onLeave={props.onLeave} />}
      {head && head.pills.length > 0 && <Pills view={view} window={window} chosen={arrangement.pill || "open"} />}
    </div>
  );
}

function Pills({ view, window, chosen }: { view: string; window: QueueWindow; chosen: string }) {
  return (
    <div className="queue-pills" role="group" aria-label={t("Quick filters")}>
      {worthShowing(window.head!.pills, chosen).map((pill) => (
        <ToggleButton
          key={pill.id}
          className="pill"
          isSelected={pill.id === chosen}
          onChange={() => arrange(view, { pill: pill.id === chosen || pill.id === "open" ? "" : pill.id })}
        >
          {pill.label} <span className="tabular">{pill.count}</span>
        </ToggleButton>
      ))}
    </div>
  );
}

// A filter that would show nothing is left out, unless it is the chosen one.
const worthShowing = (pills: Pill[], chosen: string) => pills.filter((pill) => pill.count > 0 || pill.id === chosen || pill.id === "open");

const rest = 120; // ms without a key before the list narrows

function FilterLine({ view, text, onClose, onLeave }: { view: string; text: string; onClose: () => void; onLeave: () => void }) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const close = () => {
    clearTimeout(timer.current);
    arrange(view, { text: "" });
    onClose();
    onLeave();
  };
  const type = (words: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => arrange(view, { text: words }), rest);
  };
  const keys = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" || event.key === "ArrowDown") {
      clearTimeout(timer.current);
      arrange(view, { text: event.currentTarget.value });
      onLeave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="queue-filter">
      <Search size={13} aria-hidden />
      <input autoFocus dir="auto" defaultValue={text} aria-label={t("Filter this list")} placeholder={t("Number, words, person")} onChange={(event) => type(event.target.value)} onKeyDown={keys} />
      <IconButton label={t("Clear the filter")} caps={["Esc"]} size="small" onPress={close}>
        <X size={13} />
      </IconButton>
    </div>
  );
}

function ArrangeMenu({ view, arrangement }: { view: string; arrangement: Arrangement }) {
  return (
    <MenuTrigger>
      <Hinted label={t("Group and sort")}>
        <AriaButton className="icon-button" aria-label={t("Group and sort")}>
          <Settings2 size={15} aria-hidden />
        </AriaButton>
      </Hinted>
      <Popover className="popover" placement="bottom end" offset={3}>
        <Menu className="option-list" aria-label={t("Group and sort")}>
          <Choices title={t("Group by")} items={groupings()} chosen={arrangement.groupBy} onChoose={(groupBy) => arrange(view, { groupBy })} />
          <Choices title={t("Sort")} items={sorts()} chosen={arrangement.sort} onChoose={(sort) => arrange(view, { sort })} />
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function Choices(props: { title: string; items: { id: string; label: string }[]; chosen: string; onChoose: (id: string) => void }) {
  const keyOf = (id: string) => `${props.title}:${id}`;
  return (
    <MenuSection selectionMode="single" disallowEmptySelection selectedKeys={[keyOf(props.chosen)]}>
      <Header className="option-head">{props.title}</Header>
      {props.items.map((item) => (
        <MenuItem key={item.id} id={keyOf(item.id)} className="option" textValue={item.label} onAction={() => props.onChoose(item.id)}>
          {item.label}
          {item.id === props.chosen && <Check size={13} className="ms-auto" aria-hidden />}
        </MenuItem>
      ))}
    </MenuSection>
  );
}
