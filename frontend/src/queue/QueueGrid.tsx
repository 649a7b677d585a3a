import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef } from "react";
import type { Group } from "../lib/view";
import { t } from "../lib/words";
import { ChevronDown, ChevronRight } from "../ui/icons";
import type { Layout } from "./layout";
import { QueueRow } from "./QueueRow";
import type { QueueWindow } from "./window";

interface QueueGridProps {
  label: string;
  window: QueueWindow;
  layout: Layout;
  wide: boolean;
  cursor: number;
  marked: ReadonlySet<string>;
  folded: ReadonlySet<string>;
  onPoint: (row: number, open: boolean) => void;
  onMark: (id: string) => void;
  onFold: (group: string) => void;
  gridRef: React.RefObject<HTMLDivElement | null>;
}

const headingHeight = 27;
const overscan = 10;

const tokenHeight = (name: string) => Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(name)) || 48;

/** rowId names a row for aria-activedescendant: the focus stays on the grid and
 * rows are recycled below it. */
const rowId = (index: number) => `queue-row-${index}`;
const headingId = (group: string) => `queue-heading-${group}`;

/** underCursor names what the cursor stands on: a row, or the heading that hides it. */
function underCursor({ layout, window, cursor }: QueueGridProps): string | undefined {
  if (layout.isFolded(cursor)) return headingId(layout.groupOf(cursor)!.key);
  return window.rowAt(cursor) ? rowId(cursor) : undefined;
}

/** QueueGrid draws the part of the queue that can be seen. */
export function QueueGrid(props: QueueGridProps) {
  const { window, layout, wide, cursor, gridRef } = props;
  const rowHeight = tokenHeight(wide ? "--h-row" : "--h-row-2");
  const above = wide ? headingHeight : 0;
  const estimate = useCallback((index: number) => (layout.itemAt(index).kind === "group" ? headingHeight : rowHeight), [layout, rowHeight]);
  const virtual = useVirtualizer({
    count: layout.count,
    estimateSize: estimate,
    getScrollElement: () => gridRef.current,
    overscan,
    scrollMargin: above,
    scrollPaddingStart: above,
    initialRect: { width: 400, height: 800 },
  });
  useEffect(() => virtual.measure(), [virtual, estimate]);
  const items = virtual.getVirtualItems();
  useLoaded(window, layout, items[0]?.index ?? 0, items.at(-1)?.index ?? 40);
  useCursorInView(virtual, layout, cursor, window.head !== undefined);
  const point = (id: string, open: boolean) => props.onPoint(window.indexOf(id), open);
  return (
    <div
      ref={gridRef}
      role="grid"
      tabIndex={0}
      className="queue-grid"
      aria-label={props.label}
      aria-rowcount={layout.count}
      aria-multiselectable
      aria-activedescendant={underCursor(props)}
    >
      {wide && <Columns />}
      <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start: from }) => {
          const start = from - above;
          const item = layout.itemAt(index);
          if (item.kind === "group") {
            const folded = props.folded.has(item.group.key);
            const isCursor = folded && layout.indexOfRow(cursor) === index;
            return <GroupHeading key={`g${item.group.key}`} group={item.group} top={start} folded={folded} isCursor={isCursor} onFold={props.onFold} rowIndex={index + 1} />;
          }
          const row = window.rowAt(item.row);
          return (
            <QueueRow
              key={row?.id ?? `blank${item.row}`}
              id={rowId(item.row)}
              row={row}
              rowIndex={index + 1}
              wide={wide}
              top={start}
              isCursor={item.row === cursor}
              isMarked={row !== undefined && props.marked.has(row.id)}
              marking={props.marked.size > 0}
              onPoint={point}
              onMark={props.onMark}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Columns name the cells of the lines; they stand in what scrolls, so that a scroll
 * bar moves both alike. */
function Columns() {
  return (
    <div className="queue-columns" aria-hidden>
      <span />
      <span />
      <span>{t("Number")}</span>
      <span>{t("Title")}</span>
      <span>{t("Requester")}</span>
      <span>{t("State")}</span>
      <span>{t("Assignee")}</span>
      <span>{t("Team")}</span>
      <span className="text-end">{t("Changed")}</span>
    </div>
  );
}

function GroupHeading(props: { group: Group; top: number; folded: boolean; isCursor: boolean; rowIndex: number; onFold: (key: string) => void }) {
  const { group, folded } = props;
  const Icon = folded ? ChevronRight : ChevronDown;
  return (
    <div role="row" aria-rowindex={props.rowIndex} className="queue-heading" data-cursor={props.isCursor} style={{ transform: `translateY(${props.top}px)` }}>
      <span role="gridcell" className="grow">
        <button type="button" id={headingId(group.key)} tabIndex={-1} aria-expanded={!folded} onClick={() => props.onFold(group.key)}>
          <Icon size={13} aria-hidden />
          <span dir="auto">{group.label || t("None")}</span>
          <span className="grow" />
          <span className="tabular">{group.count}</span>
        </button>
      </span>
    </div>
  );
}

type Virtual = ReturnType<typeof useVirtualizer<HTMLDivElement, Element>>;

function useLoaded(window: QueueWindow, layout: Layout, first: number, last: number): void {
  useEffect(() => {
    const rows = [first, last].map((index) => {
      if (layout.count === 0) return index;
      const item = layout.itemAt(Math.min(index, layout.count - 1));
      return item.kind === "row" ? item.row : undefined;
    });
    const low = rows[0] ?? nearestRow(layout, first);
    window.need(low, rows[1] ?? nearestRow(layout, last));
  }, [window, layout, first, last, window.version]);
}

function nearestRow(layout: Layout, index: number): number {
  for (let at = Math.min(index + 1, layout.count - 1); at >= 0; at--) {
    const item = layout.itemAt(at);
    if (item.kind === "row") return item.row;
  }
  return 0;
}

function useCursorInView(virtual: Virtual, layout: Layout, cursor: number, ready: boolean): void {
  const shown = useRef(-1);
  useEffect(() => {
    if (!ready || layout.count === 0 || shown.current === cursor) return;
    shown.current = cursor;
    const index = layout.indexOfRow(cursor);
    // The first row brings its heading along.
    virtual.scrollToIndex(cursor === 0 ? 0 : index, { align: "auto" });
  }, [virtual, layout, cursor, ready]);
}
