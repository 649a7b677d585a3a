import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { TabPanel, Tabs } from "react-aria-components";
import { useAct } from "../lib/act";
import { run, useActions } from "../lib/actions";
import { useAttending } from "../lib/attend";
import { carryOut, moving } from "../lib/change";
import { desk } from "../lib/desk";
import { useSession } from "../lib/query";
import { ticketActs } from "../lib/ticket_acts";
import type { TicketView } from "../lib/view";
import { t } from "../lib/words";
import { firstName } from "../mark/PersonFace";
import { Problem } from "../ui/Problem";
import { useAddressing } from "./addressing";
import { useAttaching } from "./attach";
import "./compose.css";
import { ComposerFoot } from "./ComposerFoot";
import { ComposerTabs } from "./ComposerTabs";
import { DraftFiles } from "./DraftFiles";
import { type DraftKind, saveAll, useKeeper } from "./drafts";
import { useInserting } from "./inserting";
import { nobody } from "./keeper";
import { PassedOn } from "./PassedOn";
import { Recipients } from "./Recipients";
import { Signed } from "./Signed";
import { TemplateList } from "./TemplateList";
import { WritingBox } from "./WritingBox";

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
  const keepers = { reply, note, forward: passing };
  const keeper = keepers[kind];
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

  const label = { reply: t("Reply to {{name}}", { name: person.name || person.email }), note: t("Internal note"), forward: t("Words before the forwarded message") }[kind];
  const attend = (now: boolean) => {
    setFocused(now);
    if (!now) void keeper.flush();
  };
  return (
    <div {...dropping(attaching.add)}>
      <Tabs selectedKey={kind} onSelectionChange={(key) => setKind(key as DraftKind)} className="composer" data-kind={kind}>
        <ComposerTabs kind={kind} drafted={kinds.filter((of) => keepers[of].text !== "" || filesOf(of).length > 0)} forwarding={kind === "forward" || passing.envelope.about !== ""} state={keeper.state} />
        <TabPanel key={kind} id={kind}>
          {kind === "note" ? (
            <div className="composer-to">{t("Only colleagues read this. {{name}} can’t see it.", { name: firstName(person) })}</div>
          ) : (
            <Recipients ticketId={ticket.row.id} kind={kind} addressing={addressing} onDone={() => box.current?.focus()} />
          )}
          <WritingBox key={kind} box={box} label={label} text={keeper.text} inserting={inserting} onType={(text) => keeper.type(text)} onFocused={attend} onFiles={attaching.add} onLeave={onLeave} />
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
          <ComposerFoot kind={kind} company={ticket.row.company} envelope={addressing.envelope} picker={picker} onFiles={attaching.add} />
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

const kinds: DraftKind[] = ["reply", "note", "forward"];

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

function useLeaving(): void {
  useEffect(() => {
    addEventListener("pagehide", saveAll);
    return () => removeEventListener("pagehide", saveAll);
  }, []);
}
