// Templates while one types: "/" or "::" at the beginning of a word opens the
// list, what follows narrows it, and the one chosen takes its place.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { flushSync } from "react-dom";
import { desk } from "../lib/desk";
import type { Offer } from "../lib/view";
import type { DraftKeeper } from "./keeper";

interface Trigger {
  from: number;
  to: number;
  words: string;
}

/** triggerAt finds what was typed to open the list, before the cursor. */
export function triggerAt(text: string, caret: number): Trigger | undefined {
  const found = /(?:^|\s)((?:\/|::)([^\s/:]*))$/.exec(text.slice(0, caret));
  return found ? { from: caret - found[1]!.length, to: caret, words: found[2]!.toLowerCase() } : undefined;
}

/** matching are the offers with the words in their name, then those with them in
 * their text. */
export function matching(offers: Offer[], words: string): Offer[] {
  const named = offers.filter(({ name }) => name.toLowerCase().includes(words));
  return [...named, ...offers.filter((offer) => !named.includes(offer) && offer.text.toLowerCase().includes(words))];
}

export interface Inserting {
  offers: Offer[];
  at: number;
  choose: (offer: Offer) => void;
  /** look is told that the text or the cursor moved. */
  look: () => void;
  /** press reports whether the key was the list's. */
  press: (event: React.KeyboardEvent) => boolean;
  /** begin opens the list by itself. */
  begin: () => void;
}

export function useInserting(ticketId: string, kind: string, language: string, keeper: DraftKeeper, box: React.RefObject<HTMLTextAreaElement | null>): Inserting {
  const [trigger, setTrigger] = useState<Trigger>();
  const [at, setAt] = useState(0);
  const [closed, setClosed] = useState(-1);
  const found = useQuery({ queryKey: ["offers", ticketId, kind, language], queryFn: () => desk.compose.offers({ ticketId, kind, language }), enabled: trigger !== undefined });
  const offers = trigger && trigger.from !== closed ? matching(found.data ?? [], trigger.words) : [];
  const put = (text: string, caret: number) => {
    flushSync(() => keeper.type(text));
    box.current?.focus();
    box.current?.setSelectionRange(caret, caret);
  };
  const choose = (offer: Offer) => {
    if (!trigger) return;
    setTrigger(undefined);
    put(keeper.text.slice(0, trigger.from) + offer.text + keeper.text.slice(trigger.to), trigger.from + offer.text.length);
  };
  const look = () => {
    const next = box.current ? triggerAt(box.current.value, box.current.selectionStart) : undefined;
    setTrigger(next);
    if (next?.words !== trigger?.words) setAt(0);
    if (!next) setClosed(-1);
  };
  const acts: Record<string, () => void> = {
    ArrowDown: () => setAt((at + 1) % offers.length),
    ArrowUp: () => setAt((at + offers.length - 1) % offers.length),
    Enter: () => choose(offers[at]!),
    Tab: () => choose(offers[at]!),
    Escape: () => setClosed(trigger?.from ?? -1),
  };
  const press = (event: React.KeyboardEvent) => {
    const act = offers.length > 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.nativeEvent.isComposing ? acts[event.key] : undefined;
    if (!act) return false;
    event.preventDefault();
    event.stopPropagation();
    act();
    return true;
  };
  const begin = () => {
    const caret = box.current?.selectionStart ?? keeper.text.length;
    const lead = caret > 0 && !/\s/.test(keeper.text[caret - 1]!) ? " /" : "/";
    put(keeper.text.slice(0, caret) + lead + keeper.text.slice(caret), caret + lead.length);
    look();
  };
  return { offers, at: Math.min(at, Math.max(0, offers.length - 1)), choose, look, press, begin };
}
