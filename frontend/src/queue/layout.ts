// Where headings and rows of a grouped queue stand. The groups cover every row
// in order, so a place in 100,000 rows is found without holding them.
import type { Group } from "../lib/view";

type Item = { kind: "group"; group: Group } | { kind: "row"; row: number };

export interface Layout {
  count: number;
  itemAt: (index: number) => Item;
  /** indexOfRow gives where a row stands, or its heading where it is folded. */
  indexOfRow: (row: number) => number;
  /** step gives the next row, or the same at an end; a folded group is one step,
   * by its first row. */
  step: (row: number, by: number) => number;
  /** groupOf is the group of a row, none where the list has no groups. */
  groupOf: (row: number) => Group | undefined;
  isFolded: (row: number) => boolean;
}

interface Span {
  group: Group;
  item: number; // index of the heading
  row: number; // first row
  shown: number; // rows shown below it
}

export function layoutOf(groups: Group[], total: number, folded: ReadonlySet<string>): Layout {
  if (groups.length === 0) return plain(total);
  const spans: Span[] = [];
  let item = 0;
  let row = 0;
  for (const group of groups) {
    const shown = folded.has(group.key) ? 0 : group.count;
    spans.push({ group, item, row, shown });
    item += 1 + shown;
    row += group.count;
  }
  const count = item;
  const byItem = (index: number) => spans[last(spans, (span) => span.item <= index)]!;
  const byRow = (index: number) => spans[last(spans, (span) => span.row <= index)]!;
  const indexOfRow = (index: number) => {
    const span = byRow(index);
    return span.shown === 0 ? span.item : span.item + 1 + (index - span.row);
  };
  const isFolded = (index: number) => byRow(index).shown === 0;
  return {
    count,
    indexOfRow,
    groupOf: (index) => byRow(index).group,
    isFolded,
    itemAt(index) {
      const span = byItem(index);
      if (index === span.item) return { kind: "group", group: span.group };
      return { kind: "row", row: span.row + (index - span.item - 1) };
    },
    step(from, by) {
      let at = clamp(from + by, total);
      const span = byRow(at);
      // Within the folded group one stands on, every step leaves it.
      if (by !== 0 && span.shown === 0 && span === byRow(from)) at = clamp(by > 0 ? span.row + span.group.count : span.row - 1, total);
      return isFolded(at) ? byRow(at).row : at;
    },
  };
}

const clamp = (row: number, total: number) => Math.max(0, Math.min(total - 1, row));

function plain(total: number): Layout {
  return {
    count: total,
    itemAt: (row) => ({ kind: "row", row }),
    indexOfRow: (row) => row,
    step: (row, by) => clamp(row + by, total),
    groupOf: () => undefined,
    isFolded: () => false,
  };
}

// last finds the last span that holds; the first one always does.
function last(spans: Span[], holds: (span: Span) => boolean): number {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(spans[middle]!)) low = middle;
    else high = middle - 1;
  }
  return low;
}
