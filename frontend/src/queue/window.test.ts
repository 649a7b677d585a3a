import { describe, expect, it, vi } from "vitest";
import type { PlaceInQueueRequest, QueuePage, QueueRequest, TicketRow } from "../lib/view";
import { pageSize, QueueWindow } from "./window";

const ask = { view: "all", pill: "", text: "", groupBy: "", sort: "" };
const nobody = { id: "", name: "", email: "", initials: "", tint: 0 };
const row = (id: string, more: Partial<TicketRow> = {}): TicketRow => ({
  id, number: id, kind: "incident", title: id, state: "New", holdReason: "", priority: 3, requester: nobody, vip: false,
  assignee: nobody, teamId: "", team: "", unread: false, pending: false, conflict: false, held: false, openedAt: "",
  updatedAt: "", waitsSince: "", group: "", snippet: "", company: [], ...more,
});

function deskOf(rows: TicketRow[]) {
  const all = { rows };
  const source = vi.fn(async (request: QueueRequest): Promise<QueuePage> => ({
    view: request.view, title: "All", total: all.rows.length, offset: request.offset,
    rows: all.rows.slice(request.offset, request.offset + request.limit), groups: groupsOf(all.rows), pills: [],
  }));
  const places = vi.fn(async (request: PlaceInQueueRequest) => all.rows.findIndex((one) => one.id === request.ticketId));
  return { all, source, places, window: new QueueWindow(ask, source, places) };
}
const groupsOf = (rows: TicketRow[]) => [...new Set(rows.map((one) => one.group))].map((key) => ({ key, label: key, count: rows.filter((one) => one.group === key).length }));
const settle = () => new Promise((resolve) => setTimeout(resolve));
const numbered = (count: number) => Array.from({ length: count }, (_, n) => row(`t${n}`));
const shown = (window: QueueWindow, count: number) => Array.from({ length: count }, (_, n) => window.rowAt(n)?.id);

describe("the window on a queue", () => {
  it("asks for pages of 100 rows, once each", async () => {
    const { source, window } = deskOf(numbered(100_000));
    window.need(95, 140);
    window.need(96, 141);
    await settle();
    expect(source.mock.calls.map(([request]) => [request.offset, request.limit])).toEqual([[0, pageSize], [100, pageSize]]);
    expect(window.head?.total).toBe(100_000);
    expect(window.rowAt(140)?.id).toBe("t140");
    expect(window.rowAt(50_000)).toBeUndefined();
  });

  it("forgets pages far from the view", async () => {
    const { window } = deskOf(numbered(5_000));
    for (let page = 0; page < 20; page++) {
      window.need(page * 100, page * 100 + 40);
      await settle();
    }
    expect(window.rowAt(0)).toBeUndefined();
    expect(window.rowAt(1_999)?.id).toBe("t1999");
  });

  it("asks for the place of a ticket that stands far below what was loaded", async () => {
    const { source, places, window } = deskOf(numbered(100_000));
    window.need(0, 40);
    await settle();
    expect(window.indexOf("t90420")).toBe(-1);
    expect([await window.seek("t90420"), await window.seek("gone")]).toEqual([90_420, -1]);
    expect(places.mock.calls[0]![0]).toMatchObject({ queue: ask, ticketId: "t90420" });
    expect(source).toHaveBeenCalledTimes(1);
    window.need(90_410, 90_430);
    await settle();
    expect(window.rowAt(90_420)?.id).toBe("t90420");
  });

  it("counts none of those that wait above the place of a ticket", async () => {
    const { all, window } = deskOf(numbered(300));
    window.need(0, 40);
    await settle();
    all.rows = [row("n1"), row("n2"), ...all.rows];
    await window.refresh();
    expect([window.arrived, await window.seek("t250")]).toEqual([2, 250]);
    window.need(240, 260);
    await settle();
    expect(window.rowAt(250)?.id).toBe("t250");
  });

  it("keeps arrivals behind the pill and shows what changed in place", async () => {
    const { all, window } = deskOf([row("a"), row("b")]);
    window.need(0, 10);
    await settle();
    all.rows = [row("n1"), row("n2"), row("a"), row("b", { title: "renamed" })];
    await window.refresh();
    expect(shown(window, 3)).toEqual(["a", "b", undefined]);
    expect(window.rowAt(1)?.title).toBe("renamed");
    expect([window.arrived, window.head?.total]).toEqual([2, 2]);
    expect(["a", "n1", "nobody"].map((id) => window.awaits(id))).toEqual([false, true, false]);
    window.show();
    expect(shown(window, 4)).toEqual(["n1", "n2", "a", "b"]);
    expect([window.arrived, window.head?.total]).toEqual([0, 4]);
  });

  it("lets rows go while others wait behind the pill", async () => {
    const { all, window } = deskOf([row("a", { group: "2" }), row("b", { group: "3" }), row("c", { group: "3" })]);
    window.need(0, 10);
    await settle();
    all.rows = [row("n1", { group: "1" }), row("b", { group: "3", state: "On Hold" })];
    await window.refresh();
    expect([...shown(window, 2), window.rowAt(0)?.state]).toEqual(["b", undefined, "On Hold"]);
    expect([window.arrived, window.head?.total, window.head?.groups]).toEqual([1, 1, [{ key: "3", label: "3", count: 1 }]]);
  });

  it("leaves no hole at the end of a page where rows wait", async () => {
    const { all, window } = deskOf(numbered(250));
    window.need(0, 40);
    await settle();
    all.rows = [row("n1"), row("n2"), ...all.rows];
    await window.refresh();
    expect([window.rowAt(0)?.id, window.rowAt(99)?.id, window.head?.total]).toEqual(["t0", "t99", 250]);
  });

  it("lets rows go at once, and fills the end without calling it new", async () => {
    const { all, window } = deskOf(numbered(250));
    window.need(0, 40);
    await settle();
    all.rows = all.rows.slice(3);
    await window.refresh();
    expect(window.rowAt(0)?.id).toBe("t3");
    expect(window.rowAt(99)?.id).toBe("t102");
    expect(window.arrived).toBe(0);
  });

  it("takes the first rows of an empty queue over at once", async () => {
    const { all, window } = deskOf([]);
    window.need(0, 10);
    await settle();
    all.rows = [row("first")];
    await window.refresh();
    expect([window.rowAt(0)?.id, window.arrived]).toEqual(["first", 0]);
  });

  it("reads past what waits when it loads further pages", async () => {
    const { all, source, window } = deskOf(numbered(300));
    window.need(0, 40);
    await settle();
    all.rows = [row("n1"), ...all.rows];
    await window.refresh();
    window.need(100, 140);
    await settle();
    expect(source.mock.lastCall?.[0].offset).toBe(101);
    expect(window.rowAt(100)?.id).toBe("t100");
  });

  it("names all rows of the list, as many as one call may ask for", async () => {
    const { ids, left } = await deskOf(numbered(700)).window.all();
    expect([ids.length, ids.at(-1), left]).toEqual([500, "t499", 200]);
  });

  it("asks no second time for a page that failed, until it is refreshed", async () => {
    const { source, window } = deskOf(numbered(5));
    source.mockRejectedValueOnce(new Error("gone"));
    window.need(0, 10);
    await settle();
    window.need(0, 10);
    await settle();
    expect(source).toHaveBeenCalledTimes(1);
    await window.refresh();
    expect([window.problem, window.rowAt(4)?.id]).toEqual([undefined, "t4"]);
  });

  it("keeps its rows when Go cannot answer, and says why", async () => {
    const { source, window } = deskOf(numbered(5));
    window.need(0, 10);
    await settle();
    source.mockRejectedValueOnce(new Error("disk"));
    await window.refresh();
    expect(window.problem).toBeInstanceOf(Error);
    expect(window.rowAt(4)?.id).toBe("t4");
  });
});
