import { useEffect, useMemo, useRef, useState } from "react";
import { useActions } from "../lib/actions";
import { useSidebar } from "../lib/query";
import { t } from "../lib/words";
import { toDeskError } from "../lib/backend";
import { Empty } from "../ui/Empty";
import { Problem } from "../ui/Problem";
import { type ListHandle, listActions, underCursor } from "./actions";
import { setView, toggle, useView, viewState } from "./cursor";
import { layoutOf } from "./layout";
import { MarkBar } from "./MarkBar";
import "./queue.css";
import { QueueGrid } from "./QueueGrid";
import { QueueHead } from "./QueueHead";
import type { QueueWindow } from "./window";
import { useWindow } from "./windows";

export interface QueueProps {
  view: string;
  /** wide: the list stands alone and each ticket is one line. */
  wide: boolean;
  openId: string;
  onOpen: (id: string, options: { focus: boolean }) => void;
  onOpenTab: (id: string) => void;
  onClose: () => void;
}

/** Queue is a view over the tickets: its head, its rows and their keys. */
export function Queue(props: QueueProps) {
  const { view, wide, openId } = props;
  const state = useView(view);
  const window = useWindow({ view, pill: state.pill, text: state.text, groupBy: view === "drafts" ? "" : state.groupBy, sort: state.sort });
  const [filtering, setFiltering] = useState(state.text !== "");
  const gridRef = useRef<HTMLDivElement | null>(null);
  const title = useViewTitle(view, window);
  const layout = useMemo(() => layoutOf(window.head?.groups ?? [], window.head?.total ?? 0, state.folded), [window.head, state.folded]);
  const cursor = layout.step(useCursor(view, window, openId), 0);
  // What a folded group hides is under no cursor.
  const idAt = (row: number) => (layout.isFolded(row) ? "" : (window.rowAt(row)?.id ?? ""));
  const [unmarked, setUnmarked] = useState(0);

  const point = (row: number, open: boolean) => {
    setView(view, { index: row, id: window.rowAt(row)?.id ?? "" });
    const id = idAt(row);
    if (id && (open || openId)) props.onOpen(id, { focus: false });
  };
  const mark = (marked: ReadonlySet<string>, left = 0) => {
    setView(view, { marked });
    setUnmarked(left);
  };
  const current = () => idAt(cursor);
  const fold = (group: string) => setView(view, { folded: toggle(viewState(view).folded, group) });
  const list: ListHandle = {
    // Where the open ticket has left the list, the one in its place is the next.
    move: (by) => point(by === 1 && openId && window.indexOf(openId) < 0 ? cursor : layout.step(cursor, by), false),
    moveTo: (row) => point(layout.step(row, 0), false),
    last: () => (window.head?.total ?? 1) - 1,
    current,
    open: () => (layout.isFolded(cursor) ? list.fold(false) : current() && props.onOpen(current(), { focus: true })),
    peek: () => (openId && openId === current() ? props.onClose() : current() && props.onOpen(current(), { focus: false })),
    openTab: () => current() && props.onOpenTab(current()),
    mark: () => current() && mark(toggle(viewState(view).marked, current())),
    extend: (by) => {
      const next = layout.step(cursor, by);
      const ids = [current(), idAt(next)].filter(Boolean);
      mark(new Set([...state.marked, ...ids]));
      point(next, false);
    },
    markAll: () => void window.all().then(({ ids, left }) => mark(new Set(ids), left), () => undefined),
    filter: () => {
      setFiltering(true);
      pane.current?.querySelector<HTMLElement>(".queue-filter input")?.focus();
    },
    show: () => window.show(),
    fold: (folded) => {
      const group = layout.groupOf(cursor);
      if (group && layout.isFolded(cursor) !== folded) fold(group.key);
    },
    isFolded: () => layout.isFolded(cursor),
    hasGroups: () => layout.groupOf(cursor) !== undefined,
    hasArrived: () => window.arrived > 0,
    focused: () => gridRef.current === document.activeElement || document.activeElement === document.body,
  };
  const handle = useRef(list);
  handle.current = list;
  useActions(() => listActions(forward(handle)), []);
  useActions(() => (openId ? [] : underCursor(forward(handle))), [openId === "", current() === ""]);
  const total = window.head?.total;
  useEffect(() => {
    if (total !== undefined) setView(view, { total });
  }, [view, total]);
  useEffect(() => gridRef.current?.focus({ preventScroll: true }), [view]);
  // Where the rows go or come, the keyboard goes on to what stands in their place.
  const pane = useRef<HTMLElement>(null);
  const none = total === 0;
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement === pane.current) (gridRef.current ?? pane.current)?.focus({ preventScroll: true });
  }, [none]);

  return (
    <section ref={pane} tabIndex={-1} className="pane queue" aria-label={title}>
      <QueueHead view={view} title={title} window={window} arrangement={state} filtering={filtering} onFilter={setFiltering} onLeave={() => gridRef.current?.focus()} />
      {state.marked.size > 0 && <MarkBar ids={state.marked} left={unmarked} onClear={() => mark(new Set())} />}
      {window.problem !== undefined && (
        <div className="p-12">
          <Problem message={toDeskError(window.problem).message} retryLabel={t("Try again")} onRetry={() => void window.refresh()} copyLabel={t("Copy details")} />
        </div>
      )}
      {none ? (
        <Nothing filtered={state.text !== "" || state.pill !== ""} />
      ) : (
        <QueueGrid
          label={title}
          window={window}
          layout={layout}
          wide={wide}
          cursor={cursor}
          marked={state.marked}
          folded={state.folded}
          gridRef={gridRef}
          onPoint={point}
          onMark={(id) => mark(toggle(viewState(view).marked, id))}
          onFold={fold}
        />
      )}
    </section>
  );
}

// forward lets actions stay registered while the list they act on changes.
function forward(handle: React.RefObject<ListHandle>): ListHandle {
  return new Proxy({} as ListHandle, {
    get: (_, name: keyof ListHandle) => (...given: never[]) => (handle.current[name] as (...values: never[]) => unknown)(...given),
  });
}

function useViewTitle(view: string, window: QueueWindow): string {
  const known = useSidebar().data?.flatMap((section) => section.items).find((item) => item.id === view)?.label;
  return window.head?.title || known || t("Tickets");
}

/** The cursor follows its ticket; when the ticket leaves, the next one takes its
 * place. It goes to the open ticket when that one comes into the list. */
function useCursor(view: string, window: QueueWindow, openId: string): number {
  const { id, index } = useView(view);
  const wanted = id || openId;
  const found = wanted ? window.indexOf(wanted) : -1;
  const cursor = found >= 0 ? found : Math.max(0, Math.min(index, (window.head?.total ?? 1) - 1));
  const here = window.rowAt(cursor)?.id ?? "";
  useEffect(() => {
    if (here && (here !== id || cursor !== index) && !(wanted && found < 0 && cursor !== index)) setView(view, { id: here, index: cursor });
  }, [view, here, cursor, id, index, wanted, found]);
  const awaited = openId !== "" && window.awaits(openId);
  useEffect(() => {
    if (awaited) window.show();
  }, [window, awaited]);
  const open = openId ? window.indexOf(openId) : -1;
  // A ticket opened from elsewhere may stand far below what was loaded.
  const ready = window.head !== undefined;
  const isFar = openId !== "" && ready && open < 0 && !awaited;
  useEffect(() => {
    if (!isFar) return;
    const from = viewState(view);
    void window.seek(openId).then((at) => at >= 0 && viewState(view).id === from.id && setView(view, { id: openId, index: at }), () => undefined);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each ticket that is opened: one that leaves the list stays open
  }, [view, window, openId, ready]);
  const before = useRef(open);
  useEffect(() => {
    if (open >= 0 && before.current < 0) setView(view, { id: openId, index: open });
    before.current = open;
  }, [view, openId, open]);
  return cursor;
}

function Nothing({ filtered }: { filtered: boolean }) {
  if (filtered) return <Empty said={t("No ticket matches this filter.")} />;
  return <Empty said={t("Nothing waits here.")} caps={["c"]} does={t("writes a new ticket.")} />;
}
