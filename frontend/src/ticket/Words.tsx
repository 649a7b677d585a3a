import { useState } from "react";
import { t } from "../lib/words";
import { TextInput } from "../ui/TextInput";

/** Words is one line of text: Enter keeps it, Escape lets it be and closes
 * nothing else. */
export function Words({ label, start, onDone }: { label: string; start: string; onDone: (text: string, began: string) => void }) {
  const [began] = useState(start);
  const [text, setText] = useState(start);
  return (
    <form
      data-overlay
      onSubmit={(event) => {
        event.preventDefault();
        onDone(text.trim(), began);
        setText("");
      }}
    >
      <TextInput label={label} hint={t("Enter keeps it.")} value={text} onChange={setText} onKeyDown={(event) => event.key === "Escape" && onDone("", began)} autoFocus />
    </form>
  );
}
