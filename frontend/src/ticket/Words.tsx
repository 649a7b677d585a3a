import { useState } from "react";
import { t } from "../lib/words";
import { TextInput } from "../ui/TextInput";

/** Words is one line of text: Enter keeps it, Escape lets it be and closes
 * nothing else. */
export function Words({ label, start, onDone }: { label: string; start: string; onDone: (text: string) => void }) {
  const [text, setText] = useState(start);
  return (
    <form
      data-overlay
      onSubmit={(event) => {
        event.preventDefault();
        onDone(text.trim());
        setText("");
      }}
    >
      <TextInput label={label} hint={t("Enter keeps it.")} value={text} onChange={setText} onKeyDown={(event) => event.key === "Escape" && onDone("")} autoFocus />
    </form>
  );
}
