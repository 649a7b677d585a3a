import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useAct } from "../lib/act";
import { useActions } from "../lib/actions";
import { desk } from "../lib/desk";
import { useSession, useSyncStatus } from "../lib/query";
import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { ActionButton } from "../mark/ActionButton";
import { firstName } from "../mark/PersonFace";
import { Problem } from "../ui/Problem";
import { Check, CircleAlert, Lock, Reply } from "../ui/icons";
import "./compose.css";
import { type DraftKind, lastPublic, saveAll, useKeeper } from "./drafts";
import type { KeeperState } from "./keeper";

interface ComposerProps {
  ticket: TicketView;
  /** onLeave gives the keyboard back to the ticket. */
  onLeave: () => void;
}

/** Composer writes a reply or an internal note: two drafts, two looks, and a
 * button that names who will read it. */
export function Composer({ ticket, onLeave }: ComposerProps) {
  const [kind, setKind] = useState<DraftKind>(() => (ticket.drafts.some((draft) => draft.kind === "reply") || ticket.drafts.length === 0 ? "reply" : "note"));
  const reply = useKeeper(ticket, "reply");
  const note = useKeeper(ticket, "note");
  const keeper = kind === "reply" ? reply : note;
  const box = useRef<HTMLTextAreaElement>(null);
  const act = useAct();
  const readOnly = useSession().data?.readOnly ?? false;
  const person = ticket.requester.person;
  useGrowing(box, keeper.text);
  useLeaving();

  const focus = (next: DraftKind) => {
    // The next key typed already belongs to the text.
    flushSync(() => setKind(next));
    box.current?.focus();
  };
  const send = async () => {
    const text = keeper.text.trim();
    if (!text || act.busy) return;
    const request = { ticketId: ticket.row.id, kind, text, seenId: lastPublic(ticket) };
    const sent = await act.run(() => keeper.flush().then(() => desk.compose.send(request)), [["ticket", ticket.row.id], ["queue"], ["sync"]]);
    if (!sent) return;
    keeper.clear();
    onLeave();
  };
  const latest = useRef({ focus, send, kind, keeper });
  latest.current = { focus, send, kind, keeper };
  const here = () => box.current !== null && document.activeElement === box.current;
  useActions(
    () => [
      { id: "compose.reply", name: t("Reply"), label: t("reply"), area: t("Writing"), keys: ["r"], hint: ["r"], icon: "reply", do: () => latest.current.focus("reply") },
      { id: "compose.note", name: t("Internal note"), label: t("note"), area: t("Writing"), keys: ["n"], hint: ["n"], icon: "lock", do: () => latest.current.focus("note") },
      { id: "compose.send", name: t("Send or add what is written"), area: t("Writing"), keys: ["Mod+Enter"], keysWhen: here, when: () => latest.current.keeper.text.trim() !== "", do: () => void latest.current.send() },
      { id: "compose.switch", name: t("Switch between reply and note"), area: t("Writing"), keys: ["Mod+Shift+m"], do: () => latest.current.focus(latest.current.kind === "reply" ? "note" : "reply") },
    ],
    [],
  );
  if (readOnly || !ticket.mayEdit) return <p className="composer-closed">{readOnly ? t("This workspace can only be read.") : t("You may read this ticket, but not write to it.")}</p>;

  const keys = (event: React.KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onLeave();
  };
  return (
    <Tabs selectedKey={kind} onSelectionChange={(key) => setKind(key as DraftKind)} className="composer" data-kind={kind}>
      <div className="composer-top">
        <TabList aria-label={t("What to write")} className="composer-tabs">
          <Tab id="reply" className="composer-tab">
            <Reply size={15} className="mirrored" aria-hidden />
            {t("Reply")}
            {kind === "note" && reply.text !== "" && <DraftDot />}
          </Tab>
          <Tab id="note" className="composer-tab">
            <Lock size={15} aria-hidden />
            {t("Internal note")}
            {kind === "reply" && note.text !== "" && <DraftDot />}
          </Tab>
        </TabList>
        <Saved state={keeper.state} />
      </div>
      <TabPanel key={kind} id={kind}>
      <div className="composer-to">{kind === "reply" ? <To name={person.name} email={person.email} /> : <span>{t("Only colleagues read this. {{name}} can’t see it.", { name: firstName(person) })}</span>}</div>
      <textarea
        key={kind}
        ref={box}
        dir="auto"
        rows={2}
        className="composer-text"
        aria-label={kind === "reply" ? t("Reply to {{name}}", { name: person.name || person.email }) : t("Internal note")}
        value={keeper.text}
        onChange={(event) => keeper.type(event.target.value)}
        onBlur={() => void keeper.flush()}
        onKeyDown={keys}
      />
      {act.problem && (
        <div className="px-12 pb-6">
          <Problem message={`${act.problem.message} ${t("Your text is safe.")}`} retryLabel={t("Try again")} onRetry={() => void send()} copyLabel={t("Copy details")} />
        </div>
      )}
      <div className="composer-foot">
        <GoesWhen kind={kind} />
        <span className="grow" />
        <SendButton kind={kind} name={firstName(person)} />
      </div>
      </TabPanel>
    </Tabs>
  );
}

function SendButton({ kind, name }: { kind: DraftKind; name: string }) {
  return (
    <ActionButton id="compose.send" kind="primary">
      {kind === "note" ? t("Add note") : t("Send to {{name}}", { name })}
    </ActionButton>
  );
}

const To = ({ name, email }: { name: string; email: string }) => (
  <>
    {t("To")} <b>{name || email}</b> {name && <bdi className="cut">{email}</bdi>}
  </>
);

const DraftDot = () => <span className="composer-dot" role="img" aria-label={t("holds a draft")} />;

function Saved({ state }: { state: KeeperState }) {
  if (state === "empty") return null;
  if (state === "failed") return <span className="composer-saved" data-tone="failed"><CircleAlert size={13} aria-hidden />{t("Not saved yet")}</span>;
  return <span className="composer-saved">{state === "saved" && <Check size={13} aria-hidden />}{state === "saved" ? t("Saved") : t("Saving")}</span>;
}

function GoesWhen({ kind }: { kind: DraftKind }) {
  const sync = useSyncStatus().data;
  if (!sync || sync.solo || sync.state === "online") return null;
  return <span className="text-caption text-muted">{kind === "reply" ? t("Goes when online") : t("Reaches colleagues when online")}</span>;
}

const tallest = 260; // px

function useGrowing(box: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.blockSize = "auto";
    area.style.blockSize = `${Math.min(tallest, area.scrollHeight)}px`;
  }, [box, text]);
}

function useLeaving(): void {
  useEffect(() => {
    addEventListener("pagehide", saveAll);
    return () => removeEventListener("pagehide", saveAll);
  }, []);
}
