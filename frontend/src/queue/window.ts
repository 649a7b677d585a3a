// A window on one queue: pages of 100 rows, asked for as they scroll into view.
// Rows never jump under the reader. What changed in a row is shown in place, what
// left or moved to another group is taken over at once; rows that arrived wait
// behind "n new · show", unless the reader has opened one of them.
import type { Group, Pill, PlaceInQueueRequest, QueuePage, QueueRequest, TicketRow } from "../lib/view";

export type Ask = Omit<QueueRequest, "offset" | "limit">;
export type Source = (request: QueueRequest) => Promise<QueuePage>;
export type Places = (request: PlaceInQueueRequest) => Promise<number>;

export const pageSize = 100;
const mostPages = 12;
const mostRows = 500; // a call

export interface Head {
  title: string;
  total: number;
  groups: Group[];
  pills: Pill[];
}

export class QueueWindow {
  head: Head | undefined;
  problem: unknown;
  arrived = 0;
  version = 0;
  private pages = new Map<number, TicketRow[]>();
  private asked = new Set<number>();
  private held: { head: Head; pages: Map<number, TicketRow[]> } | undefined;
  private viewed: [number, number] = [0, 0];
  private refreshing: Promise<void> | undefined;
  private again = false;
  private watchers = new Set<() => void>();

  constructor(
    readonly ask: Ask,
    private readonly source: Source,
    private readonly places: Places,
  ) {}

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => void this.watchers.delete(watcher);
  };

  rowAt(index: number): TicketRow | undefined {
    return this.pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  indexOf(id: string): number {
    for (const [page, rows] of this.pages) {
      const at = rows.findIndex((row) => row.id === id);
      if (at >= 0) return page * pageSize + at;
    }
    return -1;
  }

  /** awaits reports whether a ticket is one of those that arrived and wait. */
  awaits(id: string): boolean {
    return this.indexOf(id) < 0 && [...(this.held?.pages.values() ?? [])].some((rows) => rows.some((row) => row.id === id));
  }

  /** seek asks where a ticket stands in the list; -1: nowhere. */
  async seek(id: string): Promise<number> {
    const place = await this.places({ queue: { ...this.ask, offset: 0, limit: 0 }, ticketId: id });
    // While arrivals wait, what stands below them is shown that much higher.
    return place < 0 ? place : Math.max(0, place - this.arrived);
  }

  /** need loads the pages of the rows from first to last. */
  need(first: number, last: number): void {
    this.viewed = [first, last];
    for (const page of pagesOf(first, last)) {
      if (this.pages.has(page) || this.asked.has(page)) continue;
      this.asked.add(page);
      // While arrivals wait, everything below them stands that much lower.
      void this.load(page * pageSize + this.arrived).then(
        (answer) => this.take(page, answer),
        (problem: unknown) => this.fail(problem),
      );
    }
  }

  /** all gives the ids of the whole list, as far as one call may ask, and how many
   * it left. */
  async all(): Promise<{ ids: string[]; left: number }> {
    const { rows, total } = await this.source({ ...this.ask, offset: 0, limit: mostRows });
    return { ids: rows.map((row) => row.id), left: total - rows.length };
  }

  private load(offset: number): Promise<QueuePage> {
    return this.source({ ...this.ask, offset, limit: pageSize });
  }

  private take(page: number, answer: QueuePage): void {
    this.asked.delete(page);
    this.problem = undefined;
    this.pages.set(page, answer.rows);
    this.head = this.held && this.head ? { ...this.head, pills: answer.pills } : headOf(answer);
    this.forgetFar();
    this.changed();
  }

  // A page that failed stays asked for: only a refresh tries again, else the
  // window would ask without end.
  private fail(problem: unknown): void {
    this.problem = problem;
    this.changed();
  }

  private forgetFar(): void {
    const [first, last] = pagesOf(...this.viewed).reduce<[number, number]>(([low, high], page) => [Math.min(low, page), Math.max(high, page)], [Infinity, 0]);
    const far = (page: number) => Math.max(first - page, page - last);
    const kept = [...this.pages.keys()].toSorted((a, b) => far(a) - far(b));
    for (const page of kept.slice(mostPages)) this.pages.delete(page);
  }

  /** refresh asks again for what is in view; calls while it runs cost one more. */
  refresh(): Promise<void> {
    if (this.refreshing) {
      this.again = true;
      return this.refreshing;
    }
    this.refreshing = this.meet().finally(() => {
      this.refreshing = undefined;
      if (!this.again) return;
      this.again = false;
      void this.refresh();
    });
    return this.refreshing;
  }

  private async meet(): Promise<void> {
    const numbers = pagesOf(...this.viewed);
    try {
      const answers = await Promise.all(numbers.map((page) => this.load(page * pageSize)));
      const rows = answers.flatMap((answer) => answer.rows);
      const head = headOf(answers[0]!);
      const news = this.head && this.head.total > 0 ? arrivals([...this.pages.values()].flat(), rows) : [];
      const end = (numbers.at(-1)! + 1) * pageSize;
      // Without the news the last page would end too early.
      const tail = news.length > 0 && head.total > end ? (await this.source({ ...this.ask, offset: end, limit: news.length })).rows : [];
      this.problem = undefined;
      this.asked.clear();
      const fresh = new Map(numbers.map((page, index) => [page, answers[index]!.rows]));
      if (news.length === 0) this.adopt(head, fresh);
      else this.withhold(news, { head, pages: fresh }, [...rows, ...tail], numbers[0]!);
    } catch (problem) {
      this.fail(problem);
    }
  }

  /** withhold shows everything that is true now but the rows that arrived. */
  private withhold(news: TicketRow[], held: { head: Head; pages: Map<number, TicketRow[]> }, rows: TicketRow[], first: number): void {
    const { head } = held;
    const stay = rows.filter((row) => !news.includes(row));
    this.held = held;
    this.arrived = news.length;
    this.pages = new Map(Array.from({ length: Math.ceil(stay.length / pageSize) }, (_, index) => [first + index, stay.slice(index * pageSize, (index + 1) * pageSize)]));
    const groups = head.groups.map((group) => ({ ...group, count: group.count - news.filter((row) => row.group === group.key).length }));
    this.head = { ...head, total: head.total - news.length, groups: groups.filter((group) => group.count > 0) };
    this.changed();
  }

  private adopt(head: Head, pages: Map<number, TicketRow[]>): void {
    this.head = head;
    this.pages = pages;
    this.held = undefined;
    this.arrived = 0;
    this.changed();
  }

  /** show lets the rows that waited in. */
  show(): void {
    if (this.held) this.adopt(this.held.head, this.held.pages);
    void this.refresh();
  }

  private changed(): void {
    this.version++;
    this.watchers.forEach((watcher) => watcher());
  }
}

const headOf = ({ title, total, groups, pills }: QueuePage): Head => ({ title, total, groups, pills });

function pagesOf(first: number, last: number): number[] {
  const low = Math.floor(Math.max(0, first) / pageSize);
  const high = Math.floor(Math.max(0, last) / pageSize);
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
}

/** arrivals are the rows nobody has seen that stand before one that was: rows
 * that move up at the end because others left are none. */
function arrivals(known: TicketRow[], fresh: TicketRow[]): TicketRow[] {
  const ids = new Set(known.map((row) => row.id));
  const lastKnown = fresh.findLastIndex((row) => ids.has(row.id));
  return fresh.slice(0, lastKnown + 1).filter((row) => !ids.has(row.id));
}
