import { describe, expect, it } from "vitest";
import { layoutOf } from "./layout";

const groups = [
  { key: "a", label: "A", count: 2 },
  { key: "b", label: "B", count: 0 },
  { key: "c", label: "C", count: 3 },
];
const read = (folded: string[]) => {
  const layout = layoutOf(groups, 5, new Set(folded));
  return Array.from({ length: layout.count }, (_, index) => {
    const item = layout.itemAt(index);
    return item.kind === "group" ? item.group.key : item.row;
  });
};

describe("layout of a grouped queue", () => {
  it("puts a heading before the rows of each group", () => {
    expect(read([])).toEqual(["a", 0, 1, "b", "c", 2, 3, 4]);
    expect(read(["a"])).toEqual(["a", "b", "c", 2, 3, 4]);
  });

  it("finds rows, and the heading of a folded row", () => {
    expect([0, 1, 2, 4].map(layoutOf(groups, 5, new Set()).indexOfRow)).toEqual([1, 2, 5, 7]);
    expect(layoutOf(groups, 5, new Set(["c"])).indexOfRow(4)).toBe(4);
  });

  it("stops once at each folded group, where it can be unfolded, and at the ends", () => {
    const layout = layoutOf(groups, 5, new Set(["a"]));
    expect([layout.step(2, -1), layout.step(1, 0), layout.step(0, 1), layout.step(0, -1)]).toEqual([0, 0, 2, 0]);
    expect([layout.step(2, 1), layout.step(4, 1)]).toEqual([3, 4]);
    const end = layoutOf(groups, 5, new Set(["c"]));
    expect([end.step(1, 1), end.step(2, 1), end.step(4, 0), end.step(2, -1)]).toEqual([2, 2, 2, 1]);
    const none = layoutOf(groups, 5, new Set(["a", "c"]));
    expect([none.step(0, 1), none.step(2, 1), none.step(2, -1), none.step(0, 12)]).toEqual([2, 2, 0, 2]);
    expect(layoutOf([], 100_000, new Set()).step(99_990, 50)).toBe(99_999);
    expect(layoutOf([], 0, new Set()).step(0, 1)).toBe(0);
  });

  it("knows the group of a row, and whether the row can be seen", () => {
    const layout = layoutOf(groups, 5, new Set(["a"]));
    expect([layout.groupOf(1)?.key, layout.isFolded(1), layout.groupOf(4)?.key, layout.isFolded(4)]).toEqual(["a", true, "c", false]);
    expect([layoutOf([], 5, new Set()).groupOf(1), layoutOf([], 5, new Set()).isFolded(1)]).toEqual([undefined, false]);
  });

  it("finds a place in 100,000 rows of many groups by halving", () => {
    const many = Array.from({ length: 1_000 }, (_, n) => ({ key: String(n), label: "", count: 100 }));
    const layout = layoutOf(many, 100_000, new Set());
    expect(layout.count).toBe(101_000);
    expect(layout.itemAt(layout.indexOfRow(54_321))).toEqual({ kind: "row", row: 54_321 });
  });
});
