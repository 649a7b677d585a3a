import { memo } from "react";
import { useMinute } from "../lib/minute";
import { age, fullTime } from "../lib/time";
import type { TicketRow } from "../lib/view";
import { t } from "../lib/words";
import { RowBadges } from "../mark/Badges";
import { Company } from "../mark/Company";
import { PersonFace } from "../mark/PersonFace";
import { Priority } from "../mark/Priority";
import { holdName, isDone, StateGlyph, stateName } from "../mark/State";
import { Check, Mail, Star } from "../ui/icons";

interface QueueRowProps {
  row: TicketRow | undefined;
  id: string;
  rowIndex: number;
  wide: boolean;
  isCursor: boolean;
  isMarked: boolean;
  marking: boolean;
  top: number;
  onPoint: (id: string, open: boolean) => void;
  onMark: (id: string) => void;
}

/** QueueRow is a line of the queue; while its page is on the way it is a bare
 * line of the same height. */
export const QueueRow = memo(function QueueRow(props: QueueRowProps) {
  const { row, isCursor, isMarked, wide } = props;
  const style = { transform: `translateY(${props.top}px)` };
  if (!row) {
    return (
      <div role="row" aria-rowindex={props.rowIndex} aria-busy className="list-line queue-row" data-wide={wide} style={style}>
        <span role="gridcell" className="sr-only">
          {t("Loading")}
        </span>
      </div>
    );
  }
  return (
    <div
      role="row"
      id={props.id}
      aria-rowindex={props.rowIndex}
      aria-selected={isCursor || isMarked}
      className="list-line queue-row"
      data-wide={wide}
      data-cursor={isCursor}
      data-marked={isMarked}
      data-unread={row.unread}
      data-done={isDone(row.state)}
      data-ticket={row.id}
      style={style}
      onMouseDown={(event) => event.button === 0 && props.onPoint(row.id, true)}
    >
      <span role="gridcell" className="queue-dot">
        {row.unread && <span className="unread-dot" role="img" aria-label={t("Unread")} />}
      </span>
      <span role="gridcell" className="queue-lead">
        {props.marking ? (
          <MarkBox on={isMarked} label={t("Mark {{number}}", { number: row.number })} onToggle={() => props.onMark(row.id)} />
        ) : (
          <Priority level={row.priority} />
        )}
      </span>
      {wide ? <WideCells row={row} /> : <NarrowCells row={row} />}
    </div>
  );
});

function MarkBox({ on, label, onToggle }: { on: boolean; label: string; onToggle: () => void }) {
  const press = (event: React.SyntheticEvent) => {
    event.stopPropagation();
    onToggle();
  };
  return (
    <button type="button" tabIndex={-1} role="checkbox" aria-checked={on} aria-label={label} className="queue-box" onMouseDown={press}>
      {on && <Check size={11} strokeWidth={3.2} aria-hidden />}
    </button>
  );
}

function NarrowCells({ row }: { row: TicketRow }) {
  return (
    <span role="gridcell" className="min-w-0">
      <span className="queue-line" data-line="title">
        <Title row={row} />
      </span>
      <span className="queue-line" data-line="meta">
        <span className="cut grow">
          <bdi>{row.number}</bdi>
          {row.requester.id && <> · <bdi>{row.requester.name || row.requester.email}</bdi></>}
        </span>
        <StateCell row={row} />
        <Since row={row} />
      </span>
    </span>
  );
}

function WideCells({ row }: { row: TicketRow }) {
  return (
    <>
      <span role="gridcell" className="text-muted text-caption">
        <bdi>{row.number}</bdi>
      </span>
      <span role="gridcell" className="queue-line" data-line="title">
        <Title row={row} />
      </span>
      <span role="gridcell" className="cut" dir="auto">
        {row.requester.name || row.requester.email}
      </span>
      <span role="gridcell" className="queue-line text-muted text-caption">
        <StateCell row={row} />
      </span>
      <span role="gridcell" className="queue-line cut">
        {row.assignee.id ? (
          <>
            <PersonFace person={row.assignee} size="small" />
            <span className="cut">{row.assignee.name}</span>
          </>
        ) : (
          <span className="text-muted">{t("Nobody")}</span>
        )}
      </span>
      <span role="gridcell" className="cut text-muted">
        {row.team}
      </span>
      <span role="gridcell" className="queue-line justify-end text-muted text-caption">
        <Since row={row} />
      </span>
    </>
  );
}

function Title({ row }: { row: TicketRow }) {
  return (
    <>
      <span className="queue-title cut" dir="auto" title={row.title}>
        {row.title}
      </span>
      {row.vip && <Vip />}
      <Company people={row.company} brief />
      <RowBadges row={row} />
    </>
  );
}

const Vip = () => <Star size={13} className="text-muted" role="img" aria-label={t("VIP")} aria-hidden={false} />;

function StateCell({ row }: { row: TicketRow }) {
  if (!row.state) return null; // the ticket is not on this device any more
  return (
    <span className="queue-state">
      <StateGlyph state={row.state} />
      {row.holdReason ? holdName(row.holdReason) : stateName(row.state)}
    </span>
  );
}

/** Since says how long ago the ticket moved; where the requester waits for an
 * answer, that is how long they have waited. */
function Since({ row }: { row: TicketRow }) {
  useMinute();
  const waits = row.waitsSince !== "" && !isDone(row.state);
  const from = waits ? row.waitsSince : row.updatedAt;
  if (!from) return null;
  const length = age(from);
  const words = waits ? t("The requester has waited {{length}} for an answer", { length }) : t("Changed {{length}} ago", { length });
  return (
    <span className="queue-since tabular" data-waiting={waits} title={`${words} · ${fullTime(from)}`}>
      {waits && <Mail size={12} aria-hidden />}
      <bdi aria-label={words} role="img">
        {length}
      </bdi>
    </span>
  );
}
