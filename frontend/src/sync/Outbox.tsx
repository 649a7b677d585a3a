import { useAct } from "../lib/act";
import { useActions } from "../lib/actions";
import { toDeskError } from "../lib/backend";
import { desk } from "../lib/desk";
import { useAnswers, useOutbox, useSyncStatus } from "../lib/query";
import { byteSize, comingTime } from "../lib/time";
import type { OutboxItem } from "../lib/view";
import { t } from "../lib/words";
import { ActionButton } from "../mark/ActionButton";
import { Badge } from "../mark/Badges";
import { arrive } from "../ui/arrive";
import { Empty } from "../ui/Empty";
import { Problem } from "../ui/Problem";
import { Answers } from "./Answers";
import { LineFacts } from "./LineFacts";
import { chipWords } from "./SyncChip";

/** Outbox lists what has not reached the server, in the order it will go. */
export function Outbox({ onOpen }: { onOpen: (ticketId: string) => void }) {
  const { data: items = [], error, refetch } = useOutbox();
  const status = useSyncStatus().data;
  const isClear = useAnswers().data?.length === 0;
  const act = useAct();
  useActions(() => [{ id: "sync.now", name: t("Send now"), label: t("send now"), area: t("Window"), keys: ["F5"], hint: ["F5"], icon: "refresh-cw", do: () => void act.run(desk.sync.now, [["sync"]]) }], [act.run]);
  const words = status && chipWords(status);
  return (
    <section ref={arrive} tabIndex={-1} className="pane outbox" aria-label={t("Unsent")}>
      <div className="screen-head">
        <h1>
          {t("Unsent")} <span className="font-normal text-muted tabular">{items.length}</span>
        </h1>
        <p className="text-muted">{words && [words.state, words.upTo, status.problem, status.nextTryAt && t("next try at {{time}}", { time: comingTime(status.nextTryAt) })].filter(Boolean).join(" · ")}</p>
        <ActionButton id="sync.now">{t("Send now")}</ActionButton>
      </div>
      {act.problem && <Problem message={act.problem.message} copyLabel={t("Copy details")} />}
      {error && <Problem message={toDeskError(error).message} retryLabel={t("Try again")} onRetry={() => void refetch()} />}
      {items.length === 0 && isClear && (
        <Empty said={t("Everything has been sent.")} caps={["g", "i"]} does={t("opens your work.")} />
      )}
      {items.length > 0 && (
        <ol className="outbox-list">
          {items.map((item) => (
            <Line key={`${item.mid} ${item.at} ${item.sentence}`} item={item} onOpen={onOpen} />
          ))}
        </ol>
      )}
      <Answers onOpen={onOpen} />
    </section>
  );
}

/** sizeOf says how much of a file has arrived, too. */
const sizeOf = ({ have, bytes }: OutboxItem) => (have > 0 ? t("{{have}} of {{all}}", { have: byteSize(have), all: byteSize(bytes) }) : byteSize(bytes));

function Line({ item, onOpen }: { item: OutboxItem; onOpen: (ticketId: string) => void }) {
  const states: Record<string, string> = { resting: t("Can be taken back"), waiting: t("Waiting"), sending: t("Sending"), sent: t("Sent, not confirmed yet") };
  const facts = [states[item.state] ?? item.state, item.attempts > 0 && t("{{count}} waiting attempts", { count: item.attempts }), item.bytes > 0 && sizeOf(item)];
  return (
    <li className="outbox-item">
      <Badge kind="pending" />
      <div className="min-w-0">
        <div className="font-strong" dir="auto">
          {item.sentence}
        </div>
        {item.text && !item.sentence.includes(item.text) && (
          <p className="outbox-text" dir="auto">
            {item.text}
          </p>
        )}
        {item.problem && (
          <p className="answer-problem" dir="auto">
            {item.problem}
          </p>
        )}
        <div className="flex gap-6 text-caption text-muted">
          {item.ticketId ? (
            <button type="button" className="outbox-ticket cut" onClick={() => onOpen(item.ticketId)}>
              <bdi>{item.number}</bdi> {item.title}
            </button>
          ) : (
            <span className="cut">{item.title}</span>
          )}
        </div>
      </div>
      <LineFacts at={item.at} facts={facts} />
    </li>
  );
}
