import { useSyncStatus } from "../lib/query";
import type { Companion, Envelope } from "../lib/view";
import { t } from "../lib/words";
import { ActionIcon } from "../mark/ActionButton";
import { Replying } from "../mark/Company";
import { FileText, Paperclip } from "../ui/icons";
import type { DraftKind } from "./drafts";
import { SendButton } from "./SendButton";

interface ComposerFootProps {
  kind: DraftKind;
  company: Companion[];
  envelope: Envelope;
  picker: React.RefObject<HTMLInputElement | null>;
  onFiles: (files: FileList | null) => void;
}

/** ComposerFoot has what can be done with the draft, and says when it goes. */
export function ComposerFoot({ kind, company, envelope, picker, onFiles }: ComposerFootProps) {
  const picked = (event: React.ChangeEvent<HTMLInputElement>) => {
    onFiles(event.target.files);
    event.target.value = "";
  };
  return (
    <div className="composer-foot">
      <ActionIcon id="compose.attach">
        <Paperclip size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon id="compose.template">
        <FileText size={15} aria-hidden />
      </ActionIcon>
      <input ref={picker} type="file" multiple hidden tabIndex={-1} aria-hidden onChange={picked} />
      <GoesWhen kind={kind} />
      {kind === "reply" && <Replying people={company} />}
      <span className="grow" />
      <SendButton kind={kind} envelope={envelope} />
    </div>
  );
}

function GoesWhen({ kind }: { kind: DraftKind }) {
  const sync = useSyncStatus().data;
  if (!sync || sync.solo || sync.state === "online") return null;
  return <span className="text-caption text-muted">{kind !== "note" ? t("Goes when online") : t("Reaches colleagues when online")}</span>;
}
