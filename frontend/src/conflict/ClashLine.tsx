import { Fragment } from "react";
import { useOptions } from "../lib/query";
import type { Clash, Part } from "../lib/view";
import { t } from "../lib/words";
import { PersonFace } from "../mark/PersonFace";
import { Priority } from "../mark/Priority";
import { StateGlyph } from "../mark/State";
import { Check } from "../ui/icons";
import { Kbd } from "../ui/Kbd";
import type { Choice } from "./choice";
import { compare } from "./compare";
import { offered } from "./EditValue";

interface ClashLineProps {
  field: Clash;
  position: string;
  isCurrent: boolean;
  choice: Choice | undefined;
  /** overtaken: the field changed after it was chosen for. */
  overtaken: boolean;
  onPoint: () => void;
  onChoose: (choice: "mine" | "server") => void;
}

/** ClashLine is one field with two values. */
export function ClashLine({ field, position, isCurrent, choice, overtaken, onPoint, onChoose }: ClashLineProps) {
  const side = (name: "server" | "mine", cap: string) => (
    <button
      type="button"
      tabIndex={-1}
      role="gridcell"
      className="clash-cell clash-option"
      data-picked={choice?.choice === name}
      data-suggested={isCurrent && !choice && field.suggest === name}
      onClick={() => onChoose(name)}
    >
      <span className="grow min-w-0">
        {field.parts.length > 0 ? (
          <Version parts={field.parts} side={name} />
        ) : (
          <Value field={field} text={name === "server" ? field.server : field.mine} raw={name === "server" ? field.serverRaw : field.mineRaw} against={field.base} />
        )}
        {field.suggest === name && field.reason && <span className="clash-hint">{t("Suggested: {{reason}}", { reason: field.reason })}</span>}
      </span>
      <Kbd caps={[cap]} size="big" />
    </button>
  );
  return (
    <div role="row" id={`clash-${field.id}`} className="contents" data-current={isCurrent} aria-selected={isCurrent}>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the grid itself has the focus and the arrow keys */}
      <div role="rowheader" className="clash-cell clash-name" onClick={onPoint}>
        <span className="font-strong">{field.label}</span>
        {isCurrent && <span className="clash-hint tabular">{position}</span>}
      </div>
      <div role="gridcell" className="clash-cell text-muted">
        <Value field={field} text={field.base} raw={field.baseRaw} />
      </div>
      {side("server", "2")}
      {side("mine", "1")}
      <div role="gridcell" className="clash-cell">
        <Result field={field} choice={choice} overtaken={overtaken} isCurrent={isCurrent} />
      </div>
    </div>
  );
}

/** Version is one side of a long text: what it changed alone, and the lines that
 * both changed, for which a choice is asked. */
function Version({ parts, side }: { parts: Part[]; side: "server" | "mine" }) {
  return (
    <span dir="auto" className="clash-prose clash-text">
      {parts.map((part, index) => {
        const text = part[side] || " ";
        const key = `${index}${text}`;
        if (part.side === "both") {
          return (
            <mark key={key} className="clash-overlap" title={t("Both changed these lines")}>
              {text}
            </mark>
          );
        }
        return part.side === side ? <ins key={key}>{text}</ins> : <span key={key}>{text}</span>;
      })}
    </span>
  );
}

function Value({ field, text, raw, against }: { field: Clash; text: string; raw: string; against?: string }) {
  const people = useOptions().data?.people;
  if (!text) return <span className="text-muted">{field.field === "assignee" ? t("Nobody") : t("Empty")}</span>;
  const level = field.field === "priority" ? Number(raw) : 0;
  if (level >= 1 && level <= 5) {
    return (
      <span className="clash-value">
        <Priority level={level} silent /> {text}
      </span>
    );
  }
  const person = field.field === "assignee" && people?.find((one) => one.id === raw);
  if (person) {
    return (
      <span className="clash-value">
        <PersonFace person={person} size="small" /> {text}
      </span>
    );
  }
  if (field.field === "state") {
    return (
      <span className="clash-value">
        <StateGlyph state={raw || text} /> {text}
      </span>
    );
  }
  return <span dir="auto" className="clash-prose">{against === undefined ? text : <Difference from={against} to={text} />}</span>;
}

function Difference({ from, to }: { from: string; to: string }) {
  const parts = compare(from, to);
  if (!parts) return to;
  return parts.map((part, index) => {
    const key = `${index}${part.value}`;
    // The mark begins with the word, not with the space before it.
    if (part.added) return <Fragment key={key}>{/^\s+/.exec(part.value)?.[0]}<ins>{part.value.trimStart()}</ins></Fragment>;
    return part.removed ? <del key={key}>{part.value}</del> : <span key={key}>{part.value}</span>;
  });
}

function Result({ field, choice, overtaken, isCurrent }: Pick<ClashLineProps, "field" | "choice" | "overtaken" | "isCurrent">) {
  const offers = offered(field.field, useOptions().data);
  if (field.pending) {
    return (
      <span data-stitched className="clash-waiting">
        {t("Decided, waiting to send")}
      </span>
    );
  }
  if (!choice) {
    return (
      <>
        <span className="text-muted">{overtaken ? t("Changed after you chose") : t("Not decided")}</span>
        {isCurrent && (
          <span className="clash-hint">
            {t("Press")} <Kbd caps={["1", "2"]} /> {t("or")} <Kbd caps={["3"]} />
          </span>
        )}
      </>
    );
  }
  const words = { mine: t("Mine: {{value}}", { value: field.mine }), server: t("Server: {{value}}", { value: field.server }), edit: offers?.find((offer) => offer.id === choice.value)?.label ?? choice.value, dismiss: t("Put aside, what stands stays") };
  return (
    <>
      <span className="clash-value font-strong" data-kind="result">
        <Check size={13} aria-hidden />
        <span className="clash-prose" dir="auto">
          {words[choice.choice]}
        </span>
      </span>
      <span className="clash-hint">{t("Chosen by you")}</span>
    </>
  );
}
