import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useTemplates } from "../lib/query";
import { t } from "../lib/words";
import { Picker } from "../ui/Picker";
import type { Addressing } from "./addressing";

/** Signed shows the signature that will stand below an answer, and the language
 * by which it was chosen. */
export function Signed({ addressing, onSpeak }: { addressing: Addressing; onSpeak: (language: string) => void }) {
  const { signature, language } = addressing;
  return (
    <div className="composer-signed">
      {signature && (
        <span className="cut" title={signature} dir="auto">
          {t("Signed: {{signature}}", { signature: signature.split("\n").join(" · ") })}
        </span>
      )}
      <Language language={language} onSpeak={onSpeak} />
    </div>
  );
}

function Language({ language, onSpeak }: { language: string; onSpeak: (language: string) => void }) {
  const [open, setOpen] = useState(false);
  const known = new Set(useTemplates().data?.templates.flatMap((one) => (one.language ? [one.language] : [])));
  if (language) known.add(language);
  if (known.size === 0) return null;
  const choices = [...known].toSorted().map((id) => ({ id, label: languageName(id), hint: id }));
  return (
    <Picker label={t("Language of the answer")} choices={choices} chosen={language} isOpen={open} onOpenChange={setOpen} onChoose={onSpeak} searchLabel={t("Type to choose")} noneLabel={t("Nothing by that name")}>
      <AriaButton className="composer-language" aria-label={t("Language of the answer: {{language}}", { language: language ? languageName(language) : t("not known") })}>
        {language ? languageName(language) : t("Language")}
      </AriaButton>
    </Picker>
  );
}

const names = new Intl.DisplayNames(["en"], { type: "language" });

const languageName = (tag: string) => names.of(tag) ?? tag;
