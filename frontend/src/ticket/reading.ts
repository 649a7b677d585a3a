// Walking a conversation by key. The focus goes from message to message, so that a
// reader of the screen hears each one it comes to.
import type { Action } from "../lib/actions";
import { t } from "../lib/words";

export function readingActions(thread: () => HTMLElement | null, showAll: () => void): Action[] {
  const area = t("Conversation");
  const fold = (open: boolean) => thread()?.querySelectorAll("details").forEach((part) => (part.open = open));
  const act = (id: string, name: string, keys: string[], run: () => void): Action => ({ id: `thread.${id}`, name, area, keys, do: run });
  return [
    act("next", t("Next message"), ["Alt+ArrowDown"], () => step(thread(), 1)),
    act("previous", t("Previous message"), ["Alt+ArrowUp"], () => step(thread(), -1)),
    act("unread", t("First unread message"), ["Shift+n"], () => show(thread()?.querySelector(".thread-new ~ .message"))),
    act("expand", t("Unfold everything"), [";"], () => {
      showAll();
      requestAnimationFrame(() => fold(true));
    }),
    act("collapse", t("Fold everything"), [":"], () => fold(false)),
  ];
}

function show(message: HTMLElement | null | undefined): void {
  message?.focus({ preventScroll: true });
  message?.scrollIntoView({ block: "nearest" });
}

// From outside the conversation, up is its last message and down its first one
// in sight.
function step(thread: HTMLElement | null, by: number): void {
  const messages = [...(thread?.querySelectorAll<HTMLElement>(".message") ?? [])];
  const at = messages.findIndex((message) => message.contains(document.activeElement));
  if (at >= 0) return show(messages[Math.max(0, Math.min(messages.length - 1, at + by))]);
  const top = thread?.getBoundingClientRect().top ?? 0;
  show(by < 0 ? messages.at(-1) : (messages.find((message) => message.getBoundingClientRect().top >= top) ?? messages.at(-1)));
}
