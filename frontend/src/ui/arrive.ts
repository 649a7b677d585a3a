/** arrive, as the ref of what comes on the screen, gives it the keyboard where the part
 * that had it is gone and nothing inside has taken it: arrows scroll, Tab begins here,
 * and a reader of the screen hears where one is. */
export function arrive(part: HTMLElement | null): void {
  if (document.activeElement === document.body) part?.focus({ preventScroll: true });
}
