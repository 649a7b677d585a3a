import type { ReactNode } from "react";
import { useAct } from "../lib/act";
import type { Topic } from "../lib/backend";
import { keyCaps, onSend } from "../lib/keys";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { Sheet } from "../ui/Sheet";

interface AskSheetProps {
  title: string;
  /** does is the act in a word, while it runs in the words of doing. */
  does: string;
  doing?: string;
  isReady?: boolean;
  /** long: Enter belongs to the text inside, so the button shows Mod+Enter. */
  long?: boolean;
  /** confirms: nothing is to be filled in, so the button has the keyboard. */
  confirms?: boolean;
  act: () => Promise<unknown>;
  /** touched is what the act changed and must be asked for again. */
  touched?: [Topic, string?][];
  onClose: () => void;
  /** onStartOver empties a form that is kept while it is unfinished. */
  onStartOver?: () => void;
  children: ReactNode;
}

/** AskSheet asks what one act needs, and closes once the act held. A failure is
 * said above the buttons, and what was written stays. */
export function AskSheet({ title, does, doing = does, isReady = true, long, confirms, act, touched, onClose, onStartOver, children }: AskSheetProps) {
  const { once, busy, problem } = useAct();
  const ready = isReady && !busy;
  const submit = async () => {
    if (ready && (await once(act, touched))) onClose();
  };
  return (
    <Sheet title={title} closeLabel={t("Close")} onClose={onClose}>
      <form
        className="flex flex-col gap-12"
        onKeyDownCapture={onSend(submit)}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {children}
        {problem && <Problem message={problem.message} copyLabel={t("Copy details")} />}
        <div className="flex items-center gap-8">
          <Button type="submit" kind="primary" caps={keyCaps(long ? "Mod+Enter" : "Enter")} isDisabled={!ready} autoFocus={confirms}>
            {busy ? doing : does}
          </Button>
          <Button kind="quiet" onPress={onClose}>
            {t("Cancel")}
          </Button>
          {onStartOver && (
            <Button kind="quiet" isDisabled={busy} onPress={onStartOver}>
              {t("Start over")}
            </Button>
          )}
        </div>
      </form>
    </Sheet>
  );
}
