import { useRef } from "react";
import { flushSync } from "react-dom";
import { Button as AriaButton } from "react-aria-components";
import { useMinute } from "../lib/minute";
import { age, fullTime, shortTime } from "../lib/time";
import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { ActionIcon } from "../mark/ActionButton";
import { Company } from "../mark/Company";
import { PersonFace } from "../mark/PersonFace";
import { Priority, priorityName } from "../mark/Priority";
import { holdName, isDone, StateGlyph, stateName } from "../mark/State";
import { Hinted, IconButton } from "../ui/Button";
import { useCut } from "../ui/cut";
import { ChevronDown, ChevronUp, Copy, Mail, PanelRight } from "../ui/icons";
import type { Editing } from "./editing";

interface TicketHeadProps {
  ticket: TicketView;
  editing: Editing;
  position?: { index: number; total: number };
  onStep?: (by: number) => void;
  propsShown: boolean;
}

const kindName = (kind: string) => (kind === "request" ? t("Service request") : t("Incident"));

export function TicketHead({ ticket, editing, position, onStep, propsShown }: TicketHeadProps) {
  const { row } = ticket;
  const opened = t("{{kind}} · by {{source}}, {{when}}", { kind: kindName(row.kind), source: ticket.source || t("agent"), when: shortTime(row.openedAt) });
  return (
    <header className="ticket-head">
      <div className="ticket-top">
        {!ticket.orphan && (
          <>
            <span className="font-strong">{row.number}</span>
            <ActionIcon id="ticket.copy" size="small">
              <Copy size={13} />
            </ActionIcon>
            <span className="cut" title={fullTime(row.openedAt)}>
              {opened}
            </span>
          </>
        )}
        <span className="grow" />
        {position && onStep && (
          <>
            <bdi className="tabular">{t("{{index}} of {{total}}", { index: position.index + 1, total: position.total })}</bdi>
            <IconButton size="small" label={t("Previous ticket in this list")} caps={["k"]} onPress={() => onStep(-1)}>
              <ChevronUp size={13} />
            </IconButton>
            <IconButton size="small" label={t("Next ticket in this list")} caps={["j"]} onPress={() => onStep(1)}>
              <ChevronDown size={13} />
            </IconButton>
          </>
        )}
        {!propsShown && !ticket.orphan && (
          <ActionIcon id="ticket.properties" size="small">
            <PanelRight size={13} />
          </ActionIcon>
        )}
      </div>
      <Title ticket={ticket} editing={editing} />
      <div className="ticket-meta">
        {!ticket.orphan && (
          <>
            <span>
              <Priority level={row.priority} /> {priorityName(row.priority)}
            </span>
            <span>
              <StateGlyph state={row.state} /> {stateName(row.state)}
              {row.holdReason && <span className="text-muted">{holdName(row.holdReason)}</span>}
            </span>
          </>
        )}
        {row.waitsSince && !isDone(row.state) && <Waits since={row.waitsSince} />}
        <span className="grow" />
        <Company people={row.company} />
        {ticket.watchers.length > 0 && (
          <span className="text-muted text-caption">
            {ticket.watchers.slice(0, 4).map((person) => (
              <PersonFace key={person.id} person={person} size="small" named />
            ))}
            {t("watching")}
          </span>
        )}
      </div>
    </header>
  );
}

function Waits({ since }: { since: string }) {
  useMinute();
  return (
    <span className="ticket-waits tabular" title={fullTime(since)}>
      <Mail size={13} aria-hidden />
      {t("waits {{length}} for an answer", { length: age(since) })}
    </span>
  );
}

function Title({ ticket, editing }: { ticket: TicketView; editing: Editing }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const words = useRef<HTMLSpanElement>(null);
  const { title } = ticket.row;
  const began = useRef(title);
  const isCut = useCut(words, editing.field === "title" ? "" : title);
  if (editing.field !== "title") {
    return (
      <h1 ref={heading} className="ticket-title" data-pending={editing.isPending("title")}>
        <Hinted label={title} isDisabled={!isCut}>
          <AriaButton isDisabled={!ticket.mayEdit} onPress={() => editing.open("title")}>
            <span className="sr-only">{t("Change the title")}: </span>
            <span ref={words} className="ticket-title-words" dir="auto" title={isCut && !ticket.mayEdit ? title : undefined}>
              {title}
            </span>
          </AriaButton>
        </Hinted>
      </h1>
    );
  }
  const leave = (save: boolean) => {
    const next = box.current?.value.trim().replaceAll(/\s+/g, " ") ?? "";
    editing.open(undefined);
    if (save && next && next !== began.current) editing.patch("title", next, { began: began.current });
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    flushSync(() => leave(event.key === "Enter"));
    heading.current?.querySelector<HTMLElement>("button")?.focus();
  };
  return (
    <h1 ref={heading} className="ticket-title" data-editing="true">
      <textarea ref={box} autoFocus dir="auto" rows={Math.min(3, Math.ceil(title.length / 56) || 1)} defaultValue={title} aria-label={t("Title")} onFocus={(event) => {
        began.current = title;
        event.target.select();
      }} onBlur={() => leave(true)} onKeyDown={keys} />
    </h1>
  );
}
