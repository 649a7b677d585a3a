import { useLayoutEffect } from "react";
import type { Inserting } from "./inserting";
import { listId, optionId } from "./TemplateList";

interface WritingBoxProps {
  box: React.RefObject<HTMLTextAreaElement | null>;
  label: string;
  text: string;
  inserting: Inserting;
  onType: (text: string) => void;
  onFocused: (focused: boolean) => void;
  onFiles: (files: FileList) => void;
  /** onLeave answers Escape. */
  onLeave: () => void;
}

/** WritingBox is the text itself: it grows with its words, takes pasted files and
 * leads the list of templates. */
export function WritingBox({ box, label, text, inserting, onType, onFocused, onFiles, onLeave }: WritingBoxProps) {
  const listing = inserting.offers.length > 0;
  useGrowing(box, text);
  const press = (event: React.KeyboardEvent) => {
    if (inserting.press(event) || event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onLeave();
  };
  return (
    <textarea
      ref={box}
      dir="auto"
      rows={2}
      className="composer-text"
      aria-label={label}
      value={text}
      aria-autocomplete="list"
      aria-haspopup="listbox"
      aria-controls={listing ? listId : undefined}
      aria-activedescendant={listing ? optionId(inserting.at) : undefined}
      onChange={(event) => {
        onType(event.target.value);
        inserting.look();
      }}
      onSelect={inserting.look}
      onFocus={() => onFocused(true)}
      onBlur={() => onFocused(false)}
      onKeyDown={press}
      onPaste={(event) => {
        if (event.clipboardData.files.length === 0) return;
        event.preventDefault();
        onFiles(event.clipboardData.files);
      }}
    />
  );
}

const tallest = 260; // px

function useGrowing(box: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.blockSize = "auto";
    area.style.blockSize = `${Math.min(tallest, area.scrollHeight)}px`;
  }, [box, text]);
}
