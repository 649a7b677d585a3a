import { useEffect } from "react";
import { useActions } from "../lib/actions";
import { toDeskError } from "../lib/backend";
import { useTray } from "../lib/query";
import type { ClashGroup, HeldReply, RefusalGroup, TicketRow, TrayView as Tray } from "../lib/view";
import { t } from "../lib/words";
import { Priority, priorityName } from "../mark/Priority";
import { arrive } from "../ui/arrive";
import { Empty } from "../ui/Empty";
import { Problem } from "../ui/Problem";
import { ClashGrid } from "./ClashGrid";
import "./conflict.css";
import { HeldCard } from "./HeldCard";
import { Merged } from "./Merged";
import { RefusalCard } from "./RefusalCard";
import { TrayList } from "./TrayList";

export interface TrayItem {
  key: string;
  kind: "clash" | "held" | "refusal";
  row: TicketRow;
}

export interface TrayScreenProps {
  /** at names an item, or a ticket that has one; empty: the first. */
  at: string;
  onAt: (key: string) => void;
  onOpen: (ticketId: string) => void;
}

/** itemsOf is the tray in the order it is worked through. */
const itemsOf = (tray: Tray): TrayItem[] => [
  ...tray.clashes.map((group) => ({ key: `clash:${group.row.id}`, kind: "clash" as const, row: group.row })),
  ...tray.held.map((held) => ({ key: `held:${held.messageId}`, kind: "held" as const, row: held.row })),
  ...tray.refusals.map((group) => ({ key: `refusal:${group.key}`, kind: "refusal" as const, row: group.row })),
];

/** TrayScreen holds everything that waits for a person's choice. */
export function TrayScreen({ at, onAt, onOpen }: TrayScreenProps) {
  const { data: tray, error, refetch } = useTray();
  const items = tray ? itemsOf(tray) : [];
  const index = Math.max(0, [items.findIndex((item) => item.key === at), items.findIndex((item) => item.row.id === at)].find((found) => found >= 0) ?? 0);
  const item = items[index];
  const move = (by: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, index + by))];
    if (next) onAt(next.key);
  };
  useActions(
    () => [
      { id: "tray.next", name: t("Next choice"), area: t("Conflicts"), keys: ["j"], hidden: true, do: () => move(1) },
      { id: "tray.previous", name: t("Previous choice"), area: t("Conflicts"), keys: ["k"], hidden: true, do: () => move(-1) },
      { id: "tray.open", name: t("Open the ticket"), area: t("Conflicts"), keys: ["o"], icon: "layers", when: () => item !== undefined && item.row.number !== "", do: () => item && onOpen(item.row.id) },
    ],
    [index, items.length, item?.key, item?.row.number],
  );
  if (error && !tray) return <section className="pane p-16"><Problem message={toDeskError(error).message} retryLabel={t("Try again")} onRetry={() => void refetch()} /></section>;
  if (!tray) return <section className="pane" aria-busy />;
  return (
    <div className="two-panes tray">
      <TrayList tray={tray} items={items} index={index} onAt={onAt} />
      {item ? <Detail key={item.row.id} item={item} tray={tray} onOpen={onOpen} /> : <NothingWaits />}
    </div>
  );
}

function NothingWaits() {
  return (
    <section ref={arrive} tabIndex={-1} className="pane" aria-label={t("Conflicts")}>
      <Empty said={t("Nothing waits for your choice.")} caps={["g", "q"]} does={t("opens the queues.")} />
    </section>
  );
}

/** Meta tells of a ticket that is on this device. */
function Meta({ row, onOpen }: { row: TicketRow; onOpen: (id: string) => void }) {
  return (
    <div className="tray-meta">
      <button type="button" className="font-strong" onClick={() => onOpen(row.id)}>
        {row.number}
      </button>
      {row.kind === "request" ? t("Service request") : t("Incident")} · <Priority level={row.priority} silent /> {priorityName(row.priority)}
      {row.requester.name && <> · <bdi>{row.requester.name}</bdi></>}
    </div>
  );
}

function Detail({ item, tray, onOpen }: { item: TrayItem; tray: Tray; onOpen: (id: string) => void }) {
  const { row } = item;
  const ofTicket = (one: ClashGroup | HeldReply | RefusalGroup) => one.row.id === row.id;
  const clash = tray.clashes.find(ofTicket);
  const isHeld = tray.held.some(ofTicket);
  useEffect(() => {
    document.querySelector(`[data-tray="${CSS.escape(item.key)}"]`)?.scrollIntoView({ block: "nearest" });
  }, [item.key]);
  return (
    <section className="pane" aria-label={row.number || row.title}>
      <header className="detail-head">
        {row.number && <Meta row={row} onOpen={onOpen} />}
        <h1 dir="auto">{row.title}</h1>
        {clash?.headline && <p className="text-muted">{clash.headline}</p>}
      </header>
      <div ref={arrive} tabIndex={-1} className="detail-body tray-body">
        {clash && <ClashGrid key={row.id} group={clash} />}
        {tray.held.filter(ofTicket).map((held, index) => (
          <HeldCard key={held.messageId} held={held} first={index === 0} />
        ))}
        {tray.refusals.filter(ofTicket).map((group, index) => (
          <RefusalCard key={group.key} group={group} first={index === 0 && !isHeld} onOpen={onOpen} />
        ))}
        {clash && clash.merged.length > 0 && <Merged sentences={clash.merged} />}
      </div>
    </section>
  );
}
