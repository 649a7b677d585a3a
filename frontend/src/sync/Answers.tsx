import { useState } from "react";
import { useAct } from "../lib/act";
import { useActions } from "../lib/actions";
import { toDeskError } from "../lib/backend";
import { desk } from "../lib/desk";
import { useAnswers } from "../lib/query";
import { comingTime } from "../lib/time";
import type { AnswerItem } from "../lib/view";
import { t } from "../lib/words";
import { ActionButton } from "../mark/ActionButton";
import { CircleAlert, ClockAlert } from "../ui/icons";
import { Problem } from "../ui/Problem";
import { LineFacts } from "./LineFacts";

/** Answers are those of all tickets that could not leave: what was given up first,
 * then what waits for another try. Each is sent again from here. */
export function Answers({ onOpen }: { onOpen: (ticketId: string) => void }) {
  const { data: items = [], error, refetch } = useAnswers();
  const [at, setAt] = useState(0);
  const act = useAct();
  const index = Math.max(0, Math.min(at, items.length - 1));
  const item = items[index];
  const retry = () => item && void act.run(() => desk.ticket.retry({ ticketId: item.ticket.id, messageId: item.messageId }), [["ticket", item.ticket.id], ["queue"], ["sync"]]);
  useActions(() => {
    const area = t("Answers that could not leave");
    return [
      { id: "answers.next", name: t("Next answer"), area, keys: ["j", "ArrowDown"], hidden: true, do: () => setAt(Math.min(index + 1, items.length - 1)) },
      { id: "answers.previous", name: t("Previous answer"), area, keys: ["k", "ArrowUp"], hidden: true, do: () => setAt(Math.max(index - 1, 0)) },
      { id: "answers.retry", name: t("Send the answer again"), label: t("send again"), area, keys: ["r"], hint: ["r"], icon: "refresh-cw", when: () => !act.busy && (item?.mayRetry ?? false), do: retry },
      { id: "answers.open", name: t("Open the ticket"), area, keys: ["o"], icon: "layers", when: () => item !== undefined, do: () => item && onOpen(item.ticket.id) },
    ];
  }, [index, items, act.busy]);
  if (error) return <Problem message={toDeskError(error).message} retryLabel={t("Try again")} onRetry={() => void refetch()} />;
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="answers-head">
      <h2 id="answers-head" className="answers-head">
        {t("Answers that could not leave")} <span className="font-normal text-muted tabular">{items.length}</span>
      </h2>
      {act.problem && <Problem message={act.problem.message} copyLabel={t("Copy details")} />}
      <ol className="outbox-list">
        {items.map((one, place) => (
          <Answer key={one.messageId} item={one} isCurrent={place === index} onCurrent={() => setAt(place)} onOpen={onOpen} />
        ))}
      </ol>
    </section>
  );
}

function Answer({ item, isCurrent, onCurrent, onOpen }: { item: AnswerItem; isCurrent: boolean; onCurrent: () => void; onOpen: (ticketId: string) => void }) {
  const Glyph = item.delivery === "waiting" ? ClockAlert : CircleAlert;
  const facts = [item.label, item.nextTry !== "" && t("next try {{when}}", { when: comingTime(item.nextTry) }), item.tries > 1 && t("Tried {{count}} times.", { count: item.tries })];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events -- j and k do the same
    <li className="outbox-item answer-item" data-delivery={item.delivery} aria-current={isCurrent} onClick={onCurrent}>
      <Glyph size={15} aria-hidden />
      <div className="min-w-0">
        <div className="font-strong" dir="auto">
          {t("To {{name}}", { name: item.to })}
        </div>
        <p className="outbox-text" dir="auto">
          {item.text}
        </p>
        <p className="answer-problem" dir="auto">
          {item.problem}
        </p>
        <button type="button" className="outbox-ticket cut text-caption text-muted" onClick={() => onOpen(item.ticket.id)}>
          <bdi>{item.ticket.number}</bdi> {item.ticket.title}
        </button>
        {isCurrent && item.mayRetry && (
          <div className="flex gap-6">
            <ActionButton id="answers.retry">{item.delivery === "unknown" ? t("Look again now") : t("Send again")}</ActionButton>
          </div>
        )}
      </div>
      <LineFacts at={item.at} facts={facts}>
        <div dir="auto">{item.author.name}</div>
      </LineFacts>
    </li>
  );
}
