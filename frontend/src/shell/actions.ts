// What can be done from anywhere in the window.
import { type Action, outsideText } from "../lib/actions";
import { desk } from "../lib/desk";
import { setPref, usePrefs } from "../lib/prefs";
import { go, type Place, paths, viewPath } from "../lib/route";
import { signal } from "../lib/query";
import type { SidebarSection } from "../lib/view";
import { redo, undo, useUndo } from "../lib/undo";
import { t } from "../lib/words";
import { closeTabById, showOver, stepTabs, toggleSidebar, useDesktop } from "./desktop";
import { leaveField, stepPane } from "./panes";

const pinned = 9;

export interface ShellHandle {
  place: () => Place;
  sections: () => SidebarSection[];
  solo: () => boolean;
  shutOut: () => boolean;
  leave: () => void;
}

export function shellActions(shell: ShellHandle): Action[] {
  return [...windowActions(shell), ...goActions(shell), ...tabActions(), ...lookActions()];
}

function windowActions(shell: ShellHandle): Action[] {
  const area = t("Window");
  return [
    { id: "window.palette", name: t("Search or command"), area, keys: ["Mod+k"], hidden: true, do: () => showOver("palette") },
    { id: "window.search", name: t("Search tickets everywhere"), area, keys: ["Mod+Shift+f"], icon: "search", do: () => showOver("palette", "#") },
    { id: "window.new", name: t("New ticket"), area, keys: ["c"], icon: "plus", do: () => showOver("new") },
    { id: "window.keys", name: t("All keys"), label: t("all keys"), area, keys: ["?"], icon: "keyboard", hint: ["?"], do: () => showOver("keys") },
    { id: "window.sidebar", name: t("Show or hide the sidebar"), area, keys: ["Mod+."], icon: "panel-right", do: toggleSidebar },
    { id: "window.nextPane", name: t("Next pane"), area, keys: ["F6"], hidden: true, do: () => stepPane(1) },
    { id: "window.previousPane", name: t("Previous pane"), area, keys: ["Shift+F6"], hidden: true, do: () => stepPane(-1) },
    { id: "window.leaveField", name: t("Leave the text field"), area, keys: ["Escape"], hidden: true, keysWhen: () => !outsideText(), do: leaveField },
    { id: "window.undo", name: t("Take the last change back"), area, keys: ["z", "Mod+z"], icon: "undo-2", when: () => useUndo.getState().past.length > 0, keysWhen: outsideText, do: () => void undo() },
    { id: "window.redo", name: t("Do it again"), area, keys: ["Mod+Shift+z"], icon: "redo-2", when: () => useUndo.getState().future.length > 0, keysWhen: outsideText, do: () => void redo() },
    { id: "sync.now", name: t("Send and fetch now"), area, keys: ["F5"], icon: "refresh-cw", do: () => void desk.sync.now().then(() => signal("sync"), () => signal("sync")) },
    { id: "session.again", name: t("Sign in again"), area, icon: "key-round", when: shell.shutOut, do: () => showOver("again") },
    { id: "session.leave", name: shell.solo() ? t("Close the workspace") : t("Sign out"), area, icon: "log-out", do: shell.leave },
  ];
}

function goActions(shell: ShellHandle): Action[] {
  const area = t("Go");
  const views = () => shell.sections().flatMap((section) => section.items);
  const step = (by: number) => {
    const list = views();
    const at = list.findIndex((item) => item.id === shell.place().view);
    const next = list[(at + by + list.length) % list.length];
    if (next) go(viewPath(next.id));
  };
  const first = (section: number) => {
    const item = shell.sections()[section]?.items[0];
    if (item) go(viewPath(item.id));
  };
  const to = (id: string, name: string, keys: string[], icon: string, path: () => string): Action => ({ id, name, area, keys, icon, do: () => go(path()) });
  return [
    { id: "go.inbox", name: t("My work"), area, keys: ["g i"], icon: "inbox", do: () => first(0) },
    { id: "go.queues", name: t("Queues"), area, keys: ["g q"], icon: "layers", do: () => first(1) },
    to("go.unassigned", t("Unassigned"), ["g u"], "inbox", () => paths.queue("triage")),
    to("go.drafts", t("Drafts"), ["g d"], "pen-line", () => paths.queue("drafts")),
    to("go.unsent", t("Unsent"), ["g o"], "arrow-up-to-line", paths.unsent),
    to("go.conflicts", t("Conflicts"), ["g x"], "split", () => paths.conflicts()),
    to("go.archive", t("Archive"), ["g h"], "archive", () => paths.archive()),
    { ...to("go.mailboxes", t("Mailboxes"), ["g b"], "mail", () => paths.mailboxes()), when: () => shell.sections().some((section) => section.id === "mail") },
    to("go.templates", t("Templates and signatures"), ["g w"], "file-text", () => paths.templates()),
    to("go.settings", t("Settings"), ["g s", "Mod+,"], "settings-2", paths.settings),
    { id: "go.nextView", name: t("Next view"), area, keys: ["]"], hidden: true, do: () => step(1) },
    { id: "go.previousView", name: t("Previous view"), area, keys: ["["], hidden: true, do: () => step(-1) },
    { id: "go.back", name: t("Back"), area, keys: ["Mod+["], hidden: true, do: () => history.back() },
    { id: "go.forward", name: t("Forward"), area, keys: ["Mod+]"], hidden: true, do: () => history.forward() },
    ...Array.from({ length: pinned }, (_, index): Action => ({
      id: `go.view${index + 1}`,
      name: index === 0 ? t("The views of the sidebar, by their place") : t("View {{number}} of the sidebar", { number: index + 1 }),
      unlisted: index > 0,
      until: index === 0 ? `Mod+${pinned}` : undefined,
      area,
      keys: [`Mod+${index + 1}`],
      hidden: true,
      when: () => views()[index] !== undefined,
      do: () => go(viewPath(views()[index]!.id)),
    })),
  ];
}

function tabActions(): Action[] {
  const area = t("Tabs");
  return [
    { id: "tabs.next", name: t("Next tab"), area, keys: ["Shift+ArrowRight"], hidden: true, do: () => stepTabs(1) },
    { id: "tabs.previous", name: t("Previous tab"), area, keys: ["Shift+ArrowLeft"], hidden: true, do: () => stepTabs(-1) },
    { id: "tabs.close", name: t("Close the tab"), area, keys: ["Shift+w"], icon: "x", do: () => closeTabById(useDesktop.getState().strip.active) },
  ];
}

function lookActions(): Action[] {
  const area = t("Appearance");
  const theme = (value: "light" | "dark" | "system", name: string): Action => ({ id: `look.${value}`, name, area, icon: "settings-2", when: () => usePrefs.getState().theme !== value, do: () => setPref({ theme: value }) });
  return [
    theme("light", t("Light theme")),
    theme("dark", t("Dark theme")),
    theme("system", t("Theme as the system")),
    { id: "look.density", name: t("Compact or comfortable"), area, icon: "rows-3", do: () => setPref({ density: usePrefs.getState().density === "compact" ? "comfortable" : "compact" }) },
  ];
}
