import { t } from "../lib/words";
import type { Inserting } from "./inserting";

/** listId names the list for the text that steers it. */
export const listId = "composer-templates";

export const optionId = (at: number) => `${listId}-${at}`;

/** TemplateList shows what may be put into the text, the words it would bring
 * beside it. The keyboard stays in the text. */
export function TemplateList({ inserting }: { inserting: Inserting }) {
  const { offers, at, choose } = inserting;
  if (offers.length === 0) return null;
  return (
    <div className="template-list">
      <div id={listId} role="listbox" aria-label={t("Templates")} className="option-list">
        {offers.map((offer, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the text steers the list: its keys are heard there
          <div key={offer.id} id={optionId(index)} role="option" aria-selected={index === at} className="option" data-focused={index === at || undefined} tabIndex={-1} onMouseDown={(event) => event.preventDefault()} onClick={() => choose(offer)} ref={index === at ? inSight : undefined}>
            <span className="cut" dir="auto">
              {offer.name}
            </span>
            {offer.hint && <span className="option-hint">{offer.hint}</span>}
          </div>
        ))}
      </div>
      <div className="template-preview prose-text" dir="auto" aria-live="polite">
        {offers[at]?.text}
      </div>
    </div>
  );
}

const inSight = (option: HTMLElement | null) => option?.scrollIntoView({ block: "nearest" });
