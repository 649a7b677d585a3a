import { useState } from "react";
import { useOptions } from "../lib/query";
import { useUnfinished } from "../lib/unfinished";
import type { Option } from "../lib/view";
import { t } from "../lib/words";
import { Options } from "../ui/Options";
import { TextInput } from "../ui/TextInput";
import { AskSheet } from "./AskSheet";

export interface MoveGiven {
  holdReason: string;
  resolutionCode: string;
  resolutionNotes: string;
}

interface MoveFormProps {
  /** of names what moves: a number, or how many tickets. */
  of: string;
  /** place keeps what was written until the move is done; "" keeps nothing. */
  place: string;
  /** to is the state as Go names it. */
  to: string;
  needs: string[];
  notes: string;
  onGiven: (given: MoveGiven) => Promise<unknown>;
  onClose: () => void;
}

/** MoveForm asks what a move needs, and nothing else: why a ticket is on hold, or
 * how it was resolved and what was done. */
export function MoveForm({ of, place, to, needs, notes, onGiven, onClose }: MoveFormProps) {
  const options = useOptions().data;
  const [holdReason, setHold] = useState("");
  const [resolutionCode, setCode] = useState("");
  const { value: resolutionNotes, change: setNotes, finish } = useUnfinished(place, notes, { lasts: true });
  const given: MoveGiven = { holdReason, resolutionCode, resolutionNotes: resolutionNotes.trim() };
  const missing = needs.some((need) => !given[need as keyof MoveGiven]);
  const name = needs.includes("resolutionCode") ? t("Resolve") : needs.includes("holdReason") ? t("Put on hold") : to;
  return (
    <AskSheet title={t("{{act}} {{of}}", { act: name, of })} does={name} isReady={!missing} long act={() => onGiven(given).then(finish)} onClose={onClose}>
      {needs.includes("holdReason") && <Options label={t("What does it wait for?")} options={asked(options?.holdReasons)} value={holdReason} onChange={setHold} />}
      {needs.includes("resolutionCode") && <Options label={t("How was it resolved?")} options={asked(options?.resolutionCodes)} value={resolutionCode} onChange={setCode} />}
      {needs.includes("resolutionNotes") && (
        <TextInput label={t("What was done?")} hint={t("Colleagues read this when it happens again.")} rows={4} value={resolutionNotes} onChange={setNotes} isRequired />
      )}
    </AskSheet>
  );
}

const asked = (options: Option[] | undefined) => (options ?? []).map(({ id, label, hint }) => ({ id, label, hint }));
