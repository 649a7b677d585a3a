import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { TabPanel, Tabs } from "react-aria-components";
import { useAct } from "../lib/act";
import { type Action, isReady, run, useActions } from "../lib/actions";
import { useAttending } from "../lib/attend";
import { DeskError } from "../lib/backend";
import { carryOut, moving } from "../lib/change";
import { descriptionOf } from "../lib/description";
import { desk } from "../lib/desk";
import { useSession } from "../lib/query";
import { ticketActs } from "../lib/ticket_acts";
import type { AsideView, TicketView } from "../lib/view";
import { t } from "../lib/words";
import { firstName } from "../mark/PersonFace";
import { Problem } from "../ui/Problem";
import { useAddressing } from "./addressing";
import { asideIn, beginAside, isAside, untouched, useAsides } from "./asides";
import { AsideSubject } from "./AsideSubject";
import { useAttaching } from "./attach";
import { ClosedComposer } from "./ClosedComposer";
import "./compose.css";
import { ComposerFoot } from "./ComposerFoot";
import { ComposerTabs } from "./ComposerTabs";
import { DraftFiles } from "./DraftFiles";
import { asideKind, type DraftKind, saveAll, seenIn, useKeeper } from "./drafts";
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

/** Composer writes a reply, an internal note or a word in a side conversation: each
 * a draft and a look of its own, and a button that names who will read it. */
export function Composer({ ticket, onLeave }: ComposerProps) {
  const [kind, setKind] = useState<DraftKind>(() => firstOf(ticket));
  const reply = useKeeper(ticket, "reply");
  const note = useKeeper(ticket, "note");
  const passing = useKeeper(ticket, "forward");
  const asides = useAsides(ticket, kind);
  const beside = useKeeper(ticket, asides.current);
  const keepers = { reply, note, forward: passing };
  const keeper = isAside(kind) ? beside : keepers[kind];
  const side = asideIn(ticket, kind);
  const filesOf = (of: DraftKind) => ticket.drafts.find((draft) => draft.kind === of)?.files ?? [];
  const files = filesOf(kind);
  const addressing = useAddressing(ticket.row.id, kind, keeper);
  const attaching = useAttaching(ticket.row.id, kind);
  const box = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const act = useAct();
  const again = useRef<{ kind: DraftKind; act: () => unknown }>(undefined); // what a refusal is about, and of which draft
  const readOnly = useSession().data?.readOnly ?? false;
  const person = ticket.requester.person;
  const inserting = useInserting(ticket.row.id, kind, addressing.language, keeper, box);
  useLeaving();
  // A side conversation that begins is called by the ticket's title until it is
  // called something else.
  const begins = useRef<{ kind: DraftKind; subject: string }>(undefined);
  useEffect(() => {
    if (begins.current?.kind !== kind) return;
    keeper.address({ ...nobody, subject: begins.current.subject });
    begins.current = undefined;
  });
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
    again.current = { kind, act: () => latest.current.send() };
    const request = { ticketId: ticket.row.id, kind, text, seenId: seenIn(ticket, kind), envelope: kind === "note" ? nobody : addressing.envelope };
    const sending = act.once(() => keeper.handOver(() => desk.compose.send(request)), [["ticket", ticket.row.id], ["queue"], ["sync"]]);
    onLeave(); // at once: the next key belongs to what comes next
    const left = document.activeElement;
    const sent = await sending;
    if (sent && isAside(kind)) leaveAside();
    if (!sent && document.activeElement === left) box.current?.focus();
    return sent;
  };
  const leaveAside = () => {
    asides.end();
    setKind((now) => (now === kind ? "reply" : now));
  };
  const goAside = (next: DraftKind) => {
    if (isAside(next)) asides.choose(next);
    focus(next);
  };
  const ask = async () => {
    const idle = untouched(ticket);
    const begun = idle ? undefined : await beginAside(ticket.row.id);
    begins.current = begun;
    goAside(idle ?? begun!.kind);
    box.current?.closest(".composer")?.querySelector<HTMLInputElement>(".recipient-line input")?.focus(); // whom, first
  };
  const discard = async () => {
    if (!isAside(kind)) return;
    again.current = { kind, act: () => latest.current.discard() };
    await keeper.flush();
    if (!(await act.run(() => desk.compose.discard({ ticketId: ticket.row.id, kind, text: "", seenId: "", envelope: nobody }), [["ticket", ticket.row.id], ["queue"]]))) return;
    keeper.clear();
    leaveAside();
    onLeave();
  };
  const answerAll = async () => {
    focus("reply");
    again.current = { kind: "reply", act: () => latest.current.answerAll() };
    const all = { ...nobody, all: true };
    if (await act.run(() => desk.compose.address({ ticketId: ticket.row.id, kind: "reply", envelope: all, add: "", copy: false }))) reply.address(all);
  };
  const forward = async () => {
    again.current = { kind, act: () => latest.current.forward() };
    const told = ticket.description.trim() === "" ? undefined : descriptionOf(ticket.row.id);
    const id = messageAt() ?? ticket.thread.findLast((entry) => entry.kind === "requester" || entry.kind === "reply")?.id ?? told;
    const begin = async () => {
      if (id === undefined) throw new DeskError("validation", t("Nobody has written on this ticket yet, and it has no description; say in a side conversation what others may know."));
      passing.address((await desk.compose.forward(id)).envelope);
    };
    const begun = await act.run(begin, [["ticket", ticket.row.id], ["queue"]]);
    if (begun) focus("forward");
  };
  const pausing = ticket.moves.find((move) => move.needs.includes("holdReason"));
  const pause = async () => {
    again.current = { kind, act: () => latest.current.pause() };
    if (pausing) await act.run(() => carryOut([moving(ticket, { ticketId: ticket.row.id, to: pausing.to, holdReason: awaited, resolutionCode: "", resolutionNotes: "" })]));
  };
  const wait = async () => {
    if (pausing && (await send())) await pause();
  };
  const speak = (language: string) => {
    again.current = { kind, act: () => latest.current.speak(language) };
    keeper.address({ ...keeper.envelope, language });
    if (person.id) void act.run(() => desk.compose.speak({ ticketId: ticket.row.id, language }));
  };
  const writable = !readOnly && ticket.mayEdit;
  const present = { writable, focus, send, ready, kind, answerAll, forward, wait, pause, pausing, speak, inserting, ask, discard, goAside, ticket, side };
  const latest = useRef(present);
  latest.current = present;
  const here = () => box.current !== null && document.activeElement === box.current;
  useActions(
    () => whileWritable(latest, [
      ...ticketActs((id) => does(latest)[id]),
      { id: "compose.send", name: t("Send or add what is written"), area: t("Writing"), keys: ["Mod+Enter"], keysWhen: here, when: () => latest.current.ready(), do: () => void latest.current.send() },
      { id: "compose.resolve", name: t("Send and resolve…"), area: t("Writing"), keys: ["Mod+Shift+Enter"], keysWhen: here, when: () => latest.current.ready(), do: () => void latest.current.send().then((sent) => sent && run("ticket.resolve")) },
      { id: "compose.wait", name: t("Send and wait for the requester"), area: t("Writing"), when: () => latest.current.ready() && latest.current.pausing !== undefined, do: () => void latest.current.wait() },
      { id: "compose.attach", name: t("Attach files…"), area: t("Writing"), keys: ["Mod+Shift+u"], icon: "paperclip", do: () => picker.current?.click() },
      { id: "compose.forwarding", name: t("Go on with the forward"), area: t("Writing"), hidden: true, do: () => latest.current.focus("forward") },
      { id: "compose.template", name: t("Put a template in…"), label: t("templates"), area: t("Writing"), icon: "file-text", do: () => latest.current.inserting.begin() },
      { id: "aside.answer", name: t("Answer the side conversation"), area: t("Writing"), keys: ["Shift+b"], icon: "messages-square", when: () => asideAt(latest.current.ticket) !== undefined, do: () => latest.current.goAside(asideKind(asideAt(latest.current.ticket)!.id)) },
      { id: "aside.close", name: t("Close the side conversation"), area: t("Ticket"), icon: "check", when: () => at(latest)?.state === "open", do: () => run(`aside.turn.${at(latest)?.id}`) },
      { id: "aside.reopen", name: t("Open the side conversation again"), area: t("Ticket"), icon: "refresh-cw", when: () => at(latest)?.state === "closed", do: () => run(`aside.turn.${at(latest)?.id}`) },
      { id: "aside.discard", name: t("Discard the draft of the side conversation"), area: t("Writing"), icon: "x", when: () => isAside(latest.current.kind), do: () => void latest.current.discard() },
      { id: "compose.switch", name: t("Switch between reply and note"), area: t("Writing"), keys: ["Mod+Shift+m"], do: () => latest.current.focus(latest.current.kind === "reply" ? "note" : "reply") },
    ]),
    [],
  );
  const names = JSON.stringify(namesOf(ticket));
  useActions(
    () => whileWritable(latest, (JSON.parse(names) as ReturnType<typeof namesOf>).map(({ id, subject }) => ({ id: `aside.${id}`, name: t("Answer in “{{subject}}”", { subject }), area: t("Side conversations"), icon: "messages-square", do: () => latest.current.goAside(asideKind(id)) }))),
    [names],
  );
  if (!writable) return <ClosedComposer ticket={ticket} readOnly={readOnly} />;

  const labels = { reply: t("Reply to {{name}}", { name: person.name || person.email }), note: t("Internal note"), forward: t("Words before the forwarded message") };
  const label = isAside(kind) ? t("Side conversation · {{name}} can’t see this", { name: firstName(person) }) : labels[kind];
  const attend = (now: boolean) => {
    setFocused(now);
    if (!now) void keeper.flush();
  };
  return (
    <div {...dropping(attaching.add)}>
      <Tabs selectedKey={kind} onSelectionChange={(key) => (isAside(String(key)) ? goAside(key as DraftKind) : setKind(key as DraftKind))} className="composer" data-kind={isAside(kind) ? "aside" : kind}>
        <ComposerTabs kind={kind} drafted={[...kinds.filter((of) => keepers[of].text !== "" || filesOf(of).length > 0), ...asides.shown]} asides={asides.shown.map((one) => ({ kind: one, subject: asideIn(ticket, one)?.subject }))} forwarding={kind === "forward" || passing.envelope.about !== ""} state={keeper.state} />
        <TabPanel key={kind} id={kind}>
          {kind === "note" ? (
            <div className="composer-to">{t("Only colleagues read this. {{name}} can’t see it.", { name: firstName(person) })}</div>
          ) : (
            <>
            {isAside(kind) && <div className="composer-to composer-beside">{t("{{name}} can’t see this side conversation.", { name: firstName(person) })}</div>}
            {isAside(kind) && !side && <AsideSubject envelope={keeper.envelope} onChange={(next) => keeper.address(next)} onDone={() => box.current?.focus()} />}
            <Recipients ticketId={ticket.row.id} kind={kind} addressing={addressing} onDone={() => box.current?.focus()} />
            </>
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
              <Problem message={`${act.problem.message} ${t("Your text is safe.")}`} retryLabel={t("Try again")} onRetry={again.current?.kind === kind ? again.current.act : undefined} copyLabel={t("Copy details")} />
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

const kinds = ["reply", "note", "forward"] as const;

/** awaited is why a ticket waits once its requester was asked something. */
const awaited = "awaiting_requester";

const firstOf = ({ drafts }: TicketView): DraftKind => (drafts.some(({ kind }) => kind === "reply") ? "reply" : ((drafts[0]?.kind as DraftKind | undefined) ?? "reply"));

/** messageAt is the message the keyboard is at, or the description, that is no note. */
const messageAt = () => document.activeElement?.closest<HTMLElement>(".message[data-id]:not([data-kind=note], [data-kind=aside], [data-kind=answer])")?.dataset.id;

/** asideAt is the side conversation the keyboard is in, else the one with the newest
 * word. */
const asideAt = (ticket: TicketView) => {
  const id = document.activeElement?.closest<HTMLElement>("[data-aside]")?.dataset.aside;
  return ticket.asides.find((one) => one.id === id) ?? ticket.asides[0];
};

/** namesOf are the side conversations that can be gone on with: those of the ticket,
 * and those of which there is a draft alone. */
const namesOf = ({ asides, drafts }: TicketView) => {
  const begun = drafts.filter(({ kind }) => isAside(kind) && !asides.some(({ id }) => kind === asideKind(id)));
  return [...asides.map(({ id, subject }) => ({ id, subject })), ...begun.map(({ kind, envelope }) => ({ id: kind.slice(asideKind("").length), subject: envelope.subject }))];
};

const at = (latest: React.RefObject<{ ticket: TicketView; side: AsideView | undefined }>) => latest.current.side ?? asideAt(latest.current.ticket);

interface Latest {
  ask: () => Promise<void>;
  forward: () => Promise<void>;
  focus: (kind: DraftKind) => void;
  answerAll: () => Promise<void>;
}

/** whileWritable offers acts only where there is a composer for them. */
const whileWritable = (latest: React.RefObject<{ writable: boolean }>, acts: Action[]): Action[] => acts.map((act) => ({ ...act, when: () => latest.current.writable && isReady(act) }));

/** does are the acts of writing that are there wherever a ticket is in sight. */
const does = (latest: React.RefObject<Latest>): Record<string, { do: () => void }> => ({
  "compose.reply": { do: () => latest.current.focus("reply") },
  "compose.replyAll": { do: () => void latest.current.answerAll() },
  "compose.forward": { do: () => void latest.current.forward() },
  "compose.aside": { do: () => void latest.current.ask() },
  "compose.note": { do: () => latest.current.focus("note") },
});

function useLeaving(): void {
  useEffect(() => {
    addEventListener("pagehide", saveAll);
    return () => removeEventListener("pagehide", saveAll);
  }, []);
}
