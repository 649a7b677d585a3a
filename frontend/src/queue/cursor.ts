// Where the person is in each view: the row under the cursor, by id and, should
// the row leave, by place; the marked rows; and how the view is arranged.
import { create } from "zustand";

export interface Arrangement {
  pill: string;
  text: string;
  groupBy: string;
  sort: string;
}

interface ViewState extends Arrangement {
  id: string;
  index: number;
  total: number;
  marked: ReadonlySet<string>;
  folded: ReadonlySet<string>;
}

const stock: ViewState = {
  pill: "",
  text: "",
  groupBy: "priority",
  sort: "urgency",
  id: "",
  index: 0,
  total: 0,
  marked: new Set(),
  folded: new Set(),
};

const useViews = create<Record<string, ViewState>>(() => ({}));

export const viewState = (view: string): ViewState => useViews.getState()[view] ?? stock;

export const useView = (view: string) => useViews((views) => views[view] ?? stock);

export function setView(view: string, part: Partial<ViewState>): void {
  useViews.setState({ [view]: { ...viewState(view), ...part } });
}

/** arrange changes what the view asks for; the cursor starts at its top again. */
export const arrange = (view: string, part: Partial<Arrangement>) => setView(view, { ...part, index: 0, id: "" });

export function toggle(set: ReadonlySet<string>, member: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(member)) next.add(member);
  return next;
}
