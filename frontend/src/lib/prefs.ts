// How the window looks and listens on this device. The choices live in the
// page's own address (?theme=dark&density=comfortable&letters=off), so a reload
// keeps them and a link can show a screen in any of them.
import { create } from "zustand";

type Theme = "system" | "light" | "dark";
type Density = "compact" | "comfortable";

export interface Prefs {
  theme: Theme;
  density: Density;
  letters: boolean;
}

const stock: Prefs = { theme: "system", density: "compact", letters: true };

export function readPrefs(search: string): Prefs {
  const asked = new URLSearchParams(search);
  const theme = asked.get("theme");
  return {
    theme: theme === "light" || theme === "dark" ? theme : stock.theme,
    density: asked.get("density") === "comfortable" ? "comfortable" : stock.density,
    letters: asked.get("letters") !== "off",
  };
}

export function writePrefs(prefs: Prefs, search: string): string {
  const next = new URLSearchParams(search);
  const put = (name: string, value: string, isStock: boolean) => (isStock ? next.delete(name) : next.set(name, value));
  put("theme", prefs.theme, prefs.theme === stock.theme);
  put("density", prefs.density, prefs.density === stock.density);
  put("letters", "off", prefs.letters);
  const text = next.toString();
  return text ? `?${text}` : "";
}

export const usePrefs = create<Prefs>(() => readPrefs(location.search));

export function applyPrefs(prefs: Prefs): void {
  const root = document.documentElement;
  if (prefs.theme === "system") delete root.dataset.theme;
  else root.dataset.theme = prefs.theme;
  root.dataset.density = prefs.density;
}

export function setPref(part: Partial<Prefs>): void {
  usePrefs.setState(part);
  const prefs = usePrefs.getState();
  applyPrefs(prefs);
  history.replaceState(history.state, "", `${location.pathname}${writePrefs(prefs, location.search)}${location.hash}`);
}
