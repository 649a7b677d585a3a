import { type Action, useAllActions } from "../lib/actions";
import { keyCaps } from "../lib/keys";
import { usePrefs } from "../lib/prefs";
import { t } from "../lib/words";
import { Kbd } from "../ui/Kbd";
import { Sheet } from "../ui/Sheet";

/** KeySheet shows every key that works on this screen, straight from the registry. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const letters = usePrefs((prefs) => prefs.letters);
  const areas = Map.groupBy(
    useAllActions().filter((action) => (action.keys?.length ?? 0) > 0 && !action.unlisted),
    (action: Action) => action.area,
  );
  return (
    <Sheet title={t("Keys on this screen")} closeLabel={t("Close")} onClose={onClose} reading foot={<span className="text-muted">{letters ? t("Letters work outside text fields. Settings can turn them off.") : t("Single letters are turned off in the settings.")}</span>}>
      <div className="key-sheet">
        {[...areas].map(([area, actions]) => (
          <section key={area}>
            <h3>{area}</h3>
            <dl>
              {actions.map((action) => (
                <div key={action.id}>
                  <dt>{action.name}</dt>
                  <dd>
                    {action.keys!.map((chord, index) => (
                      <span key={chord}>
                        {index > 0 && <span className="text-muted"> {t("or")} </span>}
                        <Kbd caps={keyCaps(chord)} />
                        {action.until && (
                          <>
                            <span className="text-muted"> {t("to")} </span>
                            <Kbd caps={keyCaps(action.until)} />
                          </>
                        )}
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Sheet>
  );
}
