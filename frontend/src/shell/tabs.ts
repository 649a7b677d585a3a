// The tab strip: places held open beside each other. The address is the place of
// the active tab; going somewhere moves that tab, unless another stands there
// already.
export interface Tab {
  id: number;
  path: string;
}

export interface TabStrip {
  tabs: Tab[];
  active: number;
  nextId: number;
}

export const emptyStrip: TabStrip = { tabs: [], active: 0, nextId: 1 };

export const activePath = (strip: TabStrip) => strip.tabs.find((tab) => tab.id === strip.active)?.path;

/** followTo is what a change of address does to the strip. */
export function followTo(strip: TabStrip, path: string): TabStrip {
  if (activePath(strip) === path) return strip;
  const there = strip.tabs.find((tab) => tab.path === path);
  if (there) return { ...strip, active: there.id };
  if (strip.tabs.length === 0) return openTab(strip, path);
  return { ...strip, tabs: strip.tabs.map((tab) => (tab.id === strip.active ? { ...tab, path } : tab)) };
}

/** openTab opens a place beside the active tab, or goes where it is open. */
export function openTab(strip: TabStrip, path: string, twice = false): TabStrip {
  const there = twice ? undefined : strip.tabs.find((tab) => tab.path === path);
  if (there) return { ...strip, active: there.id };
  const at = strip.tabs.findIndex((tab) => tab.id === strip.active) + 1;
  const tab = { id: strip.nextId, path };
  return { tabs: strip.tabs.toSpliced(at, 0, tab), active: tab.id, nextId: strip.nextId + 1 };
}

/** closeTab closes one; the last one stays. The tab after it becomes active. */
export function closeTab(strip: TabStrip, id: number): TabStrip {
  if (strip.tabs.length < 2) return strip;
  const at = strip.tabs.findIndex((tab) => tab.id === id);
  const tabs = strip.tabs.filter((tab) => tab.id !== id);
  if (id !== strip.active) return { ...strip, tabs };
  return { ...strip, tabs, active: tabs[Math.min(at, tabs.length - 1)]!.id };
}

/** stepTab goes round the strip. */
export function stepTab(strip: TabStrip, by: number): TabStrip {
  const at = strip.tabs.findIndex((tab) => tab.id === strip.active);
  const next = strip.tabs[(at + by + strip.tabs.length) % strip.tabs.length];
  return next ? { ...strip, active: next.id } : strip;
}
