import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useAct } from "../lib/act";
import { run, useActions } from "../lib/actions";
import { useAttending } from "../lib/attend";
import { carryOut, moving } from "../lib/change";
import { desk } from "../lib/desk";
import { useSession, useSyncStatus } from "../lib/query";
import { ticketActs } from "../lib/ticket_acts";
import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { ActionIcon } from "../mark/ActionButton";
import { Replying } from "../mark/Company";
import { firstName } from "../mark/PersonFace";
import { Problem } from "../ui/Problem";
import { Check, CircleAlert, FileText, Forward, Lock, Paperclip, Reply } from "../ui/icons";
import { useAddressing } from "./addressing";
import { useAttaching } from "./attach";
import "./compose.css";
import { DraftFiles } from "./DraftFiles";
import { type DraftKind, saveAll, useKeeper } from "./drafts";
import { useInserting } from "./inserting";
import { type KeeperState, nobody } from "./keeper";
import { PassedOn } from "./PassedOn";
import { Recipients } from "./Recipients";
import { SendButton } from "./SendButton";
import { Signed } from "./Signed";
import { listId, optionId, TemplateList } from "./TemplateList";

interface ComposerProps {
  ticket: TicketView;
  /** onLeave gives the keyboard back to the ticket. */
  onLeave: () => void;
}

/** Composer writes a reply or an internal note: two drafts, two looks, and a
 * button that names who will read it. */
export function Composer({ ticket, onLeave }: ComposerProps) {
  const [kind, setKind] = useState<DraftKind>(() => firstOf(ticket));
  const reply = useKeeper(ticket, "reply");
  const note = useKeeper(ticket, "note");
  const passing = useKeeper(ticket, "forward");
  const keeper = { reply, note, forward: passing }[kind];
  const filesOf = (of: DraftKind) => ticket.drafts.find((draft) => draft.kind === of)?.files ?? [];
  const files = filesOf(kind);
  const addressing = useAddressing(ticket.row.id, kind, keeper);
  const attaching = useAttaching(ticket.row.id, kind);
  const box = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const act = useAct();
  const readOnly = useSession().data?.readOnly ?? false;
  const person = ticket.requester.person;
  const inserting = useInserting(ticket.row.id, addressing.language, keeper, box);
  const listing = inserting.offers.length > 0;
  useGrowing(box, keeper.text);
  useLeaving();
  // A draft that merely lies there is no writing.
  const [focused, setFocused] = useState(false);
  useAttending(ticket.row.id, kind === "note" ? "editing" : "replying", focused && keeper.text !== "");

  const focus = (next: DraftKind) => {
    // The next key typed already belongs to the text.
    flushSync(() => setKind(next));
    box.current?.focus();
  };
  const ready = () => attaching.coming.length === 0 && (kind === "note" || addressing.known) && (keeper.text.trim() !== "" || files.length > 0);
  const send = async () => {
    const text = keeper.text.trim();
    if (!ready() || act.busy) return false;
    const request = { ticketId: ticket.row.id, kind, text, seenId: ticket.lastPublic, envelope: kind === "note" ? nobody : addressing.envelope };
    const sent = await act.run(() => keeper.flush().then(() => desk.compose.send(request)), [["ticket", ticket.row.id], ["queue"], ["sync"]]);
    if (!sent) return false;
    keeper.clear();
    onLeave();
    return true;
  };
  const answerAll = () => {
    focus("reply");
    reply.address({ ...nobody, all: true });
  };
  const forward = async () => {
    const id = messageAt() ?? ticket.thread.findLast((entry) => entry.kind === "requester" || entry.kind === "reply")?.id;
    if (id === undefined) return;
    const begun = await act.run(async () => passing.address((await desk.compose.forward(id)).envelope), [["ticket", ticket.row.id], ["queue"]]);
    if (begun) focus("forward");
  };
  const pausing = ticket.moves.find((move) => move.needs.includes("holdReason"));
  const wait = async () => {
    if (pausing && (await send())) await act.run(() => carryOut([moving(ticket, { ticketId: ticket.row.id, to: pausing.to, holdReason: awaited, resolutionCode: "", resolutionNotes: "" })]));
  };
  const speak = (language: string) => {
    keeper.address({ ...keeper.envelope, language });
    if (person.id) void act.run(() => desk.compose.speak({ ticketId: ticket.row.id, language }));
  };
  const latest = useRef({ focus, send, ready, kind, answerAll, forward, wait, pausing, inserting });
  latest.current = { focus, send, ready, kind, answerAll, forward, wait, pausing, inserting };
  const here = () => box.current !== null && document.activeElement === box.current;
  useActions(
    () => [
      ...ticketActs((id) => does(latest)[id]),
      { id: "compose.send", name: t("Send or add what is written"), area: t("Writing"), keys: ["Mod+Enter"], keysWhen: here, when: () => latest.current.ready(), do: () => void latest.current.send() },
      { id: "compose.resolve", name: t("Send and resolve…"), area: t("Writing"), keys: ["Mod+Shift+Enter"], keysWhen: here, when: () => latest.current.ready(), do: () => void latest.current.send().then((sent) => sent && run("ticket.resolve")) },
      { id: "compose.wait", name: t("Send and wait for the requester"), area: t("Writing"), when: () => latest.current.ready() && latest.current.pausing !== undefined, do: () => void latest.current.wait() },
      { id: "compose.attach", name: t("Attach files…"), area: t("Writing"), keys: ["Mod+Shift+u"], icon: "paperclip", do: () => picker.current?.click() },
      { id: "compose.forwarding", name: t("Go on with the forward"), area: t("Writing"), hidden: true, do: () => latest.current.focus("forward") },
      { id: "compose.template", name: t("Put a template in…"), label: t("templates"), area: t("Writing"), icon: "file-text", do: () => latest.current.inserting.begin() },
      { id: "compose.switch", name: t("Switch between reply and note"), area: t("Writing"), keys: ["Mod+Shift+m"], do: () => latest.current.focus(latest.current.kind === "reply" ? "note" : "reply") },
    ],
    [],
  );
  if (readOnly || !ticket.mayEdit) return <p className="composer-closed">{readOnly ? t("This workspace can only be read.") : t("You may read this ticket, but not write to it.")}</p>;

  const keys = (event: React.KeyboardEvent) => {
    if (inserting.press(event) || event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onLeave();
  };
  return (
    <div {...dropping(attaching.add)}>
    <Tabs selectedKey={kind} onSelectionChange={(key) => setKind(key as DraftKind)} className="composer" data-kind={kind}>
      <div className="composer-top">
        <TabList aria-label={t("What to write")} className="composer-tabs">
          <Tab id="reply" className="composer-tab">
            <Reply size={15} className="mirrored" aria-hidden />
            {t("Reply")}
            {kind !== "reply" && (reply.text !== "" || filesOf("reply").length > 0) && <DraftDot />}
          </Tab>
          <Tab id="note" className="composer-tab">
            <Lock size={15} aria-hidden />
            {t("Internal note")}
            {kind !== "note" && (note.text !== "" || filesOf("note").length > 0) && <DraftDot />}
          </Tab>
          {(kind === "forward" || passing.envelope.about !== "") && (
            <Tab id="forward" className="composer-tab">
              <Forward size={15} className="mirrored" aria-hidden />
              {t("Forward")}
              {kind !== "forward" && (passing.text !== "" || filesOf("forward").length > 0) && <DraftDot />}
            </Tab>
          )}
        </TabList>
        <Saved state={keeper.state} />
      </div>
      <TabPanel key={kind} id={kind}>
      {kind === "note" ? (
        <div className="composer-to">{t("Only colleagues read this. {{name}} can’t see it.", { name: firstName(person) })}</div>
      ) : (
        <Recipients ticketId={ticket.row.id} kind={kind} addressing={addressing} onDone={() => box.current?.focus()} />
      )}
      <textarea
        key={kind}
        ref={box}
        dir="auto"
        rows={2}
        className="composer-text"
        aria-label={kind === "reply" ? t("Reply to {{name}}", { name: person.name || person.email }) : kind === "note" ? t("Internal note") : t("Words before the forwarded message")}
        value={keeper.text}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={listing ? listId : undefined}
        aria-activedescendant={listing ? optionId(inserting.at) : undefined}
        onChange={(event) => {
          keeper.type(event.target.value);
          inserting.look();
        }}
        onSelect={inserting.look}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          void keeper.flush();
        }}
        onKeyDown={keys}
        onPaste={(event) => {
          if (event.clipboardData.files.length === 0) return;
          event.preventDefault();
          attaching.add(event.clipboardData.files);
        }}
      />
      <TemplateList inserting={inserting} />
      {kind === "forward" && <PassedOn addressing={addressing} />}
      {kind !== "note" && <Signed addressing={addressing} onSpeak={speak} />}
      <DraftFiles ticketId={ticket.row.id} kind={kind} files={files} coming={attaching.coming} />
      {attaching.problem && (
        <div className="px-12 pb-6">
          <Problem message={attaching.problem.message} />
        </div>
      )}
      {act.problem && (
        <div className="px-12 pb-6">
          <Problem message={`${act.problem.message} ${t("Your text is safe.")}`} retryLabel={t("Try again")} onRetry={() => void send()} copyLabel={t("Copy details")} />
        </div>
      )}
      <div className="composer-foot">
        <ActionIcon id="compose.attach">
          <Paperclip size={15} aria-hidden />
        </ActionIcon>
        <ActionIcon id="compose.template">
          <FileText size={15} aria-hidden />
        </ActionIcon>
        <input ref={picker} type="file" multiple hidden tabIndex={-1} aria-hidden onChange={(event) => { attaching.add(event.target.files); event.target.value = ""; }} />
        <GoesWhen kind={kind} />
        {kind === "reply" && <Replying people={ticket.row.company} />}
        <span className="grow" />
        <SendButton kind={kind} envelope={addressing.envelope} />
      </div>
      </TabPanel>
    </Tabs>
    </div>
  );
}

/** dropping takes in files that are let go over the composer. */
const dropping = (add: (files: FileList) => void) => ({
  onDragOver: (event: React.DragEvent) => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault();
  },
  onDrop: (event: React.DragEvent) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    add(event.dataTransfer.files);
  },
});

/** awaited is why a ticket waits once its requester was asked something. */
const awaited = "awaiting_requester";

const firstOf = ({ drafts }: TicketView): DraftKind => (drafts.some(({ kind }) => kind === "reply") ? "reply" : ((drafts[0]?.kind as DraftKind | undefined) ?? "reply"));

/** messageAt is the message the keyboard is at, that is no note. */
const messageAt = () => document.activeElement?.closest<HTMLElement>(".message[data-id]:not([data-kind=note])")?.dataset.id;

interface Latest {
  forward: () => Promise<void>;
  focus: (kind: DraftKind) => void;
  answerAll: () => void;
}

/** does are the acts of writing that are there wherever a ticket is in sight. */
const does = (latest: React.RefObject<Latest>): Record<string, { do: () => void }> => ({
  "compose.reply": { do: () => latest.current.focus("reply") },
  "compose.replyAll": { do: () => latest.current.answerAll() },
  "compose.forward": { do: () => void latest.current.forward() },
  "compose.note": { do: () => latest.current.focus("note") },
});

const DraftDot = () => <span className="composer-dot" role="img" aria-label={t("holds a draft")} />;

function Saved({ state }: { state: KeeperState }) {
  if (state === "empty") return null;
  if (state === "failed") return <span className="composer-saved" data-tone="failed"><CircleAlert size={13} aria-hidden />{t("Not saved yet")}</span>;
  return <span className="composer-saved">{state === "saved" && <Check size={13} aria-hidden />}{state === "saved" ? t("Saved") : t("Saving")}</span>;
}

function GoesWhen({ kind }: { kind: DraftKind }) {
  const sync = useSyncStatus().data;
  if (!sync || sync.solo || sync.state === "online") return null;
  return <span className="text-caption text-muted">{kind !== "note" ? t("Goes when online") : t("Reaches colleagues when online")}</span>;
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
