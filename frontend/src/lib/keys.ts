// Chords as people write them: "j", "Shift+r", "Mod+k", "g i" (a sequence).
// Mod is Ctrl, on macOS Cmd. A letter is matched by what it types and, on a
// keyboard that types no Latin letters, by where it sits (event.code).

export interface Stroke {
  key: string;
  mod: boolean;
  shift: boolean;
  alt: boolean;
}

const isMac = () => /mac/i.test(globalThis.navigator?.platform ?? "");

export function parseChord(chord: string): Stroke[] {
  return chord.split(" ").map((part) => {
    const names = part === "+" ? ["+"] : part.split("+");
    const key = names.at(-1)!;
    return {
      key: key.length === 1 ? key.toLowerCase() : key,
      mod: names.includes("Mod"),
      shift: names.includes("Shift"),
      alt: names.includes("Alt"),
    };
  });
}

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

const latin = /^[\x20-\x7e]$/;

/** typedKey names what was pressed: a Latin character, or a named key. */
function typedKey(event: Pressed): string {
  if (event.key.length > 1) return event.key;
  if (latin.test(event.key)) return event.key.toLowerCase();
  if (event.code.startsWith("Key")) return event.code.slice(3).toLowerCase();
  if (event.code.startsWith("Digit")) return event.code.slice(5);
  return { Slash: "/", Period: ".", Comma: ",", Backslash: "\\", BracketLeft: "[", BracketRight: "]" }[event.code] ?? event.key;
}

const isLetterOrName = (key: string) => key.length > 1 || /^[a-z0-9]$/.test(key);

export function matches(stroke: Stroke, event: Pressed, mac = isMac()): boolean {
  const mod = mac ? event.metaKey : event.ctrlKey;
  const foreign = mac ? event.ctrlKey : event.metaKey;
  if (foreign || mod !== stroke.mod || event.altKey !== stroke.alt) return false;
  const key = typedKey(event);
  // "?" is Shift+/ on some layouts and a key of its own on others: for marks
  // only the character counts.
  if (isLetterOrName(stroke.key) && event.shiftKey !== stroke.shift) return false;
  return key === stroke.key || (stroke.key === "Space" && key === " ");
}

/** worksInText tells a chord that a text field has no use for: with Mod or Alt, a
 * function key, Escape. Enter, arrows and letters belong to the text. */
export const worksInText = (chord: string) => {
  const first = parseChord(chord)[0]!;
  return first.mod || first.alt || first.key === "Escape" || /^F\d+$/.test(first.key);
};

/** isPlain tells a chord that types a character: the off switch turns it off. */
export const isPlain = (chord: string) => {
  const first = parseChord(chord)[0]!;
  return !first.mod && !first.alt && (first.key.length === 1 || first.key === "Space");
};

const shown: Record<string, [string, string]> = {
  Mod: ["Ctrl", "⌘"],
  Shift: ["Shift", "⇧"],
  Alt: ["Alt", "⌥"],
  Enter: ["↵", "↵"],
  Escape: ["Esc", "Esc"],
  ArrowUp: ["↑", "↑"],
  ArrowDown: ["↓", "↓"],
  ArrowLeft: ["←", "←"],
  ArrowRight: ["→", "→"],
};

/** keyCaps gives the caps of a chord as they are drawn: keys pressed with Mod
 * or Alt share a cap with it, Shift has one of its own, a sequence one each. */
export function keyCaps(chord: string, mac = isMac()): string[] {
  return chord.split(" ").flatMap((part) => {
    const names = part === "+" ? ["+"] : part.split("+");
    const key = names.at(-1)!;
    const capital = names.length > 1 && key.length === 1 ? key.toUpperCase() : key;
    const held = names.slice(0, -1).map((name) => shown[name]?.[mac ? 1 : 0] ?? name);
    const last = shown[capital]?.[mac ? 1 : 0] ?? capital;
    return names.includes("Mod") || names.includes("Alt") ? [[...held, last].join(" ")] : [...held, last];
  });
}

/** onSend hears Mod+Enter in every field below it, before the field does. */
export function onSend(send: () => void) {
  return (event: { key: string; ctrlKey: boolean; metaKey: boolean; preventDefault: () => void; stopPropagation: () => void }) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    send();
  };
}
