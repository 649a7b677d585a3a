// F6 walks the panes of the window in reading order.
const panes = ".side, .tab-bar, .pane, .status-bar";
const first = "[role=grid], [aria-current], [tabindex='0'], button, a[href], input, textarea";

export function stepPane(by: number): void {
  const list = [...document.querySelectorAll<HTMLElement>(panes)];
  const at = list.findIndex((pane) => pane.contains(document.activeElement));
  const next = list[(at + by + list.length) % list.length];
  const target = next?.matches("[tabindex]") ? next : next?.querySelector<HTMLElement>(first);
  target?.focus();
}

/** toWork gives the keyboard to the work where the part that had it is gone. */
export function toWork(): void {
  if (document.activeElement !== document.body) return;
  const work = document.querySelector<HTMLElement>("main [role=grid]") ?? document.querySelector<HTMLElement>("main :is(.pane, .detail-body)[tabindex]");
  work?.focus({ preventScroll: true });
}

/** leaveField gives the keyboard to the screen around a text field, so that letters
 * are keys again; what was typed stays. */
export function leaveField(): void {
  const field = document.activeElement as HTMLElement | null;
  const screen = field?.closest<HTMLElement>(".pane[tabindex], .detail-body[tabindex]");
  if (screen) screen.focus({ preventScroll: true });
  else field?.blur();
}
