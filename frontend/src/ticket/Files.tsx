import { useState } from "react";
import { useAct } from "../lib/act";
import { desk, saveFile } from "../lib/desk";
import { useFileStates, useSyncStatus } from "../lib/query";
import { byteSize } from "../lib/time";
import type { Attachment, FileState } from "../lib/view";
import { t } from "../lib/words";
import { Button, IconButton } from "../ui/Button";
import { ArrowDownToLine, ArrowUp, CircleAlert, FileText, Image, Pin } from "../ui/icons";
import { ratio, stateWords } from "./file_state";

interface FilesProps {
  messageId: string;
  ticketId: string;
  files: Attachment[];
}

/** Files are what came with a message: its pictures to be seen, all else to be
 * saved. Nothing is opened from here. */
export function Files({ messageId, ticketId, files }: FilesProps) {
  if (files.length === 0) return null;
  return <Known messageId={messageId} ticketId={ticketId} files={files} />;
}

function Known({ messageId, ticketId, files }: FilesProps) {
  const states = useFileStates(ticketId).data ?? [];
  const stateOf = (file: Attachment) => states.find((state) => state.id === file.id);
  return (
    <div className="message-files">
      {files.map((file) => (
        <OneFile key={file.id} messageId={messageId} file={file} state={stateOf(file)} />
      ))}
    </div>
  );
}

function OneFile({ messageId, file, state }: { messageId: string; file: Attachment; state: FileState | undefined }) {
  const act = useAct();
  const Icon = file.type.startsWith("image/") ? Image : FileText;
  const save = () => void act.run(() => saveFile({ messageId, attachmentId: file.id, name: file.name, url: file.url }));
  const keep = () => void act.run(() => desk.files.keep({ messageId, attachmentId: file.id, keep: !state?.kept }), [["file"]]);
  const problem = act.problem?.message ?? state?.problem;
  return (
    <div className="message-file" data-state={state?.state}>
      {file.picture && !file.inline && state && state.state !== "awaited" && <Picture file={file} />}
      <div className="message-file-line">
        <Icon size={13} aria-hidden />
        <bdi className="cut" title={file.name}>
          {file.name}
        </bdi>
        {file.program && (
          <span className="message-file-tag">
            <CircleAlert size={13} aria-hidden />
            {t("Program")}
          </span>
        )}
        <bdi className="text-muted whitespace-nowrap">{byteSize(file.size)}</bdi>
        {state && <Way file={file} state={state} />}
        {state?.state !== "awaited" && (
          <>
            <IconButton size="small" label={t("Save {{name}} as…", { name: file.name })} isPending={act.busy} onPress={save}>
              <ArrowDownToLine size={13} aria-hidden />
            </IconButton>
            <IconButton size="small" label={state?.kept ? t("Let {{name}} go when room is needed", { name: file.name }) : t("Keep {{name}} on this device", { name: file.name })} pressed={state?.kept ?? false} isPending={act.busy} onPress={keep}>
              <Pin size={13} aria-hidden />
            </IconButton>
          </>
        )}
      </div>
      {problem && (
        <p className="message-problem" role="alert">
          <CircleAlert size={13} aria-hidden />
          {problem}
          {state?.problem && (
            <Button kind="quiet" size="small" onPress={() => void act.run(desk.files.retry)}>
              {t("Try again")}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}

/** Picture shows what the asset handler vouches for; one that cannot be had now
 * leaves its line. */
function Picture({ file }: { file: Attachment }) {
  const [failed, setFailed] = useState(false);
  if (failed) return null;
  return <img className="message-picture" src={file.url} alt={file.name} loading="lazy" onError={() => setFailed(true)} />;
}

/** Way tells of a file that is not simply here. */
function Way({ file, state }: { file: Attachment; state: FileState }) {
  const words = stateWords(state, useSyncStatus().data?.state === "offline");
  if (!words) return null;
  const moves = state.state === "coming" || state.state === "going";
  return (
    <span className="message-file-way" data-tone={state.state === "waiting" || state.state === "going" ? "pending" : undefined}>
      {(state.state === "waiting" || state.state === "going") && <ArrowUp size={13} aria-hidden />}
      {words}
      {moves && <progress aria-label={t("{{name}}: {{way}}", { name: file.name, way: words })} max={1} value={ratio(file.size, state.have)} />}
    </span>
  );
}
