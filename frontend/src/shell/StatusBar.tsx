import { isReady, useAllActions } from "../lib/actions";
import { keyCaps } from "../lib/keys";
import { go, paths } from "../lib/route";
import { useSession } from "../lib/query";
import { useUndo } from "../lib/undo";
import { t } from "../lib/words";
import { Resting } from "../compose";
import { SyncChip } from "../sync";
import { CircleAlert } from "../ui/icons";
import { Kbd } from "../ui/Kbd";

/** StatusBar says how far the data is complete, and which keys help here. */
export function StatusBar() {
  // What the screen offers first, the way to all keys last.
  const hints = useAllActions()
    .filter((action) => action.hint && isReady(action))
    .toSorted((a, b) => Number(a.id === "window.keys") - Number(b.id === "window.keys") || Number(b.id.startsWith("list.")) - Number(a.id.startsWith("list.")));
  const session = useSession().data;
  const notice = session?.mailboxErr || session?.preparing || (session?.readOnly ? t("This workspace can only be read.") : "");
  const { said } = useUndo();
  return (
    <footer className="status-bar">
      <SyncChip onOpen={() => go(paths.unsent())} />
      <Resting />
      {notice && (
        <span className="status-notice cut" role="status" title={notice}>
          <CircleAlert size={13} aria-hidden />
          <span className="cut">{notice}</span>
        </span>
      )}
      <span className="status-said cut" role="status">
        {said}
      </span>
      <span className="grow" />
      {hints.map((action) => (
        <span key={action.id} className="status-hint">
          <Kbd caps={action.hint!.flatMap((chord) => keyCaps(chord))} /> {action.label ?? action.name}
        </span>
      ))}
    </footer>
  );
}
