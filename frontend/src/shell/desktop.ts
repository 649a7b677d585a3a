// What the window shows around its places: the tabs and the one sheet that may
// lie over them.
import { create } from "zustand";
import { go, here } from "../lib/route";
import { sidebarFrom } from "../lib/width";
import { activePath, closeTab, emptyStrip, openTab, stepTab, type TabStrip } from "./tabs";

type Over = "palette" | "keys" | "new" | "again" | undefined;

interface Desktop {
  strip: TabStrip;
  over: Over;
  words: string;
  sidebar: boolean;
}

export const useDesktop = create<Desktop>(() => ({ strip: emptyStrip, over: undefined, words: "", sidebar: !sidebarFrom.isBelow() }));

// A window made narrow keeps its room for the work, made wide it shows the views.
sidebarFrom.watch(() => useDesktop.setState({ sidebar: !sidebarFrom.isBelow() }));

/** leaveSidebar hides the views after one was chosen, where they lie over the work. */
export const leaveSidebar = () => sidebarFrom.isBelow() && useDesktop.setState({ sidebar: false });

export const showOver = (over: Over, words = "") => useDesktop.setState({ over, words });
export const toggleSidebar = () => useDesktop.setState(({ sidebar }) => ({ sidebar: !sidebar }));

/** setStrip changes the tabs and takes the address along; where it is there already,
 * nothing is added to the way back. */
export function setStrip(change: (strip: TabStrip) => TabStrip): void {
  const strip = change(useDesktop.getState().strip);
  useDesktop.setState({ strip });
  const path = activePath(strip);
  if (path && path !== here()) go(path);
}

export const openInTab = (path: string, twice = false) => setStrip((strip) => openTab(strip, path, twice));
export const closeTabById = (id: number) => setStrip((strip) => closeTab(strip, id));
export const stepTabs = (by: number) => setStrip((strip) => stepTab(strip, by));

export const resetDesktop = () => useDesktop.setState({ strip: emptyStrip, over: undefined });
