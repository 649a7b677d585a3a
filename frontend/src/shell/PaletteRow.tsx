import { Fragment } from "react";
import { keyCaps } from "../lib/keys";
import type { TicketRow } from "../lib/view";
import { PersonFace } from "../mark/PersonFace";
import { Priority } from "../mark/Priority";
import { Kbd } from "../ui/Kbd";
import { NamedIcon } from "./NamedIcon";
import { t } from "../lib/words";
import { excerptOf, markWords, type Result, type Span } from "./palette";

interface PaletteRowProps {
  result: Result;
  words: string;
  isCurrent: boolean;
  onChoose: (inTab: boolean) => void;
  onPoint: () => void;
}

export function PaletteRow({ result, words, isCurrent, onChoose, onPoint }: PaletteRowProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the box above keeps the focus and hears the keys
    <div id={`palette-${result.key}`} role="option" aria-selected={isCurrent} className="list-line palette-row" onClick={(event) => onChoose(event.ctrlKey || event.metaKey)} onMouseMove={onPoint}>
      {result.kind === "command" && (
        <>
          <span className="palette-lead">
            <NamedIcon name={result.command.icon} />
          </span>
          <Marked spans={result.command.spans} />
          <span className="palette-sub cut grow">{result.command.hint}</span>
          {result.command.chord && <Kbd caps={keyCaps(result.command.chord)} />}
        </>
      )}
      {result.kind === "ticket" && (
        <>
          <span className="palette-lead">
            <Priority level={result.row.priority} />
          </span>
          <Marked spans={markWords(result.row.title, words)} />
          <span className="palette-sub cut grow" title={result.row.snippet}>
            <bdi>{result.row.number}</bdi>
            {result.row.requester.name && <> · <bdi>{result.row.requester.name}</bdi></>}
            {result.row.snippet && !inTitle(result.row, words) && (
              <>
                {" · "}
                <Spans spans={excerptOf(result.row.snippet, words)} />
              </>
            )}
          </span>
        </>
      )}
      {result.kind === "hub" && (
        <>
          <span className="palette-lead">
            <NamedIcon name="arrow-down-to-line" />
          </span>
          <span className="cut palette-name">{t("Fetch {{number}} from the hub", { number: result.number })}</span>
        </>
      )}
      {result.kind === "person" && (
        <>
          <span className="palette-lead">
            <PersonFace person={result.person} />
          </span>
          <Marked spans={markWords(result.person.name, words)} />
          <span className="palette-sub cut grow">{result.person.email}</span>
        </>
      )}
    </div>
  );
}

const Marked = ({ spans }: { spans: Span[] }) => (
  <span className="cut palette-name" dir="auto">
    <Spans spans={spans} />
  </span>
);

const Spans = ({ spans }: { spans: Span[] }) => spans.map((span, index) => (span.hit ? <mark key={`${index}${span.text}`}>{span.text}</mark> : <Fragment key={`${index}${span.text}`}>{span.text}</Fragment>));

// Where the title shows what was found, nothing else need be quoted.
const inTitle = ({ title }: TicketRow, words: string) => markWords(title, words).some((span) => span.hit);
