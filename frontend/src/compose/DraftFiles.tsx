import { useAct } from "../lib/act";
import { desk } from "../lib/desk";
import { byteSize } from "../lib/time";
import type { Attachment } from "../lib/view";
import { t } from "../lib/words";
import { IconButton } from "../ui/Button";
import { CircleAlert, FileText, Image, X } from "../ui/icons";
import type { DraftKind } from "./drafts";

/** DraftFiles are the files that go with a draft; they are safe on this device. */
export function DraftFiles({ ticketId, kind, files, coming }: { ticketId: string; kind: DraftKind; files: Attachment[]; coming: string[] }) {
  const act = useAct();
  if (files.length + coming.length === 0) return null;
  const detach = (file: Attachment) =>
    void act.run(() => desk.files.detach({ ticketId, kind, attachmentId: file.id }), [["ticket", ticketId], ["queue"]]);
  return (
    <ul className="composer-files" aria-label={t("Attached files")}>
      {files.map((file) => (
        <li key={file.id} className="composer-file">
          {file.picture ? <img src={file.url} alt="" /> : <Kind file={file} />}
          <bdi className="cut" title={file.name}>
            {file.name}
          </bdi>
          {file.program && <CircleAlert size={13} role="img" aria-label={t("Program")} />}
          <bdi className="text-muted">{byteSize(file.size)}</bdi>
          <IconButton size="small" label={t("Take {{name}} out", { name: file.name })} isPending={act.busy} onPress={() => detach(file)}>
            <X size={13} aria-hidden />
          </IconButton>
        </li>
      ))}
      {coming.map((name, n) => (
        <li key={`${name} ${n}`} className="composer-file" aria-busy>
          <FileText size={13} aria-hidden />
          <bdi className="cut">{name}</bdi>
          <span className="text-muted">{t("Attaching")}</span>
        </li>
      ))}
    </ul>
  );
}

const Kind = ({ file }: { file: Attachment }) => (file.type.startsWith("image/") ? <Image size={13} aria-hidden /> : <FileText size={13} aria-hidden />);
