import { useState } from "react";
import { desk } from "../lib/desk";
import { toDeskError } from "../lib/backend";
import type { Envelope, Recipient } from "../lib/view";
import { t } from "../lib/words";
import { ActionButton } from "../mark/ActionButton";
import { Button, IconButton } from "../ui/Button";
import { CircleAlert, X } from "../ui/icons";
import type { Addressing } from "./addressing";
import { RecipientInput } from "./RecipientInput";

interface RecipientsProps {
  ticketId: string;
  kind: string;
  addressing: Addressing;
  /** onDone gives the keyboard back to the text. */
  onDone: () => void;
}

/** Recipients are whom a message reaches: proposed, seen and changed before it is
 * sent, with what is easily overlooked in a sentence below. */
export function Recipients({ ticketId, kind, addressing, onDone }: RecipientsProps) {
  const { envelope, cautions, choose, others } = addressing;
  const [copies, setCopies] = useState(false);
  const [problem, setProblem] = useState("");
  const add = (text: string, copy: boolean) =>
    desk.compose.address({ ticketId, kind, envelope, add: text, copy }).then(
      (next) => {
        setProblem("");
        choose(next.envelope);
        return true;
      },
      (refused: unknown) => {
        setProblem(toDeskError(refused).message);
        return false;
      },
    );
  const total = envelope.to.length + envelope.cc.length;
  const drop = (list: "to" | "cc", one: Recipient) => choose({ ...envelope, [list]: envelope[list].filter(({ email }) => email !== one.email) });
  const line = (list: "to" | "cc", label: string) => (
    <Line label={label} people={envelope[list]} fixed={total === 1} onDrop={(one) => drop(list, one)} onAdd={(text) => add(text, list === "cc")} onDone={onDone} />
  );
  const shown = copies || envelope.cc.length > 0;
  return (
    <div className="composer-to">
      <div className="composer-line">
        {line("to", t("To"))}
        {kind === "reply" && others && !envelope.all && <ActionButton id="compose.replyAll" kind="quiet">{t("Reply all")}</ActionButton>}
        {!shown && (
          <Button kind="quiet" size="small" onPress={() => setCopies(true)}>
            {t("Cc")}
          </Button>
        )}
      </div>
      {shown && <div className="composer-line">{line("cc", t("Cc"))}</div>}
      {(problem || cautions.length > 0) && (
        <p className="composer-caution" role="status">
          <CircleAlert size={13} aria-hidden />
          <span dir="auto">{problem || cautions.join(" ")}</span>
        </p>
      )}
    </div>
  );
}

interface LineProps {
  label: string;
  people: Envelope["to"];
  /** fixed: the last one who gets it stays until there is another. */
  fixed: boolean;
  onDrop: (one: Recipient) => void;
  onAdd: (text: string) => Promise<boolean>;
  onDone: () => void;
}

function Line({ label, people, fixed, onDrop, onAdd, onDone }: LineProps) {
  return (
    <div className="recipient-line" role="group" aria-label={label}>
      <span aria-hidden>{label}</span>
      {people.map((one) => (
        <span key={one.email} className="recipient" title={one.email}>
          <b className="cut" dir="auto">
            {one.name || one.email}
          </b>
          {one.name && people.length === 1 && <bdi className="cut">{one.email}</bdi>}
          {!fixed && (
            <IconButton size="small" label={t("Take {{name}} out", { name: one.name || one.email })} onPress={() => onDrop(one)}>
              <X size={13} aria-hidden />
            </IconButton>
          )}
        </span>
      ))}
      <RecipientInput label={t("Add to {{line}}", { line: label })} onAdd={onAdd} onEmpty={() => !fixed && people.length > 0 && onDrop(people.at(-1)!)} onDone={onDone} />
    </div>
  );
}
