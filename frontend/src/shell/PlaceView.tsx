import { useState } from "react";
import { run } from "../lib/actions";
import { bothFrom, propertiesFrom, useIsBelow } from "../lib/width";
import { go, type Place, paths } from "../lib/route";
import { Queue, useView } from "../queue";
import { Outbox } from "../sync";
import { openInTab } from "./desktop";
import { later } from "./later";

const OneTicket = later(async () => (await import("./OneTicket")).OneTicket);
const ListAndTicket = later(async () => (await import("./OneTicket")).ListAndTicket);
const TrayScreen = later(async () => (await import("../conflict")).TrayScreen);
const TemplateScreen = later(async () => (await import("../template")).TemplateScreen);
const Settings = later(async () => (await import("../settings")).Settings);
const MailboxScreen = later(async () => (await import("../mailbox")).MailboxScreen);
const ArchiveScreen = later(async () => (await import("../archive")).ArchiveScreen);

/** PlaceView composes the features into the place one is at. */
export function PlaceView({ place }: { place: Place }) {
  switch (place.name) {
    case "queue":
      return <QueuePlace view={place.view} ticket={place.ticket} />;
    case "ticket":
      return <OneTicket id={place.ticket} focus onClose={() => history.back()} />;
    case "conflicts":
      return <TrayScreen at={place.ticket} onAt={(key) => go(paths.conflicts(key), true)} onOpen={(id) => openInTab(paths.ticket(id))} />;
    case "unsent":
      return <Outbox onOpen={(id) => openInTab(paths.ticket(id))} />;
    case "archive":
      return <ArchiveScreen key={place.ticket} number={place.ticket} onOpen={(id) => openInTab(paths.ticket(id))} />;
    case "mailboxes":
      return <MailboxScreen at={place.ticket} onOpen={(id) => openInTab(paths.ticket(id))} />;
    case "templates":
      return <TemplateScreen at={place.ticket} onAt={(id) => go(paths.templates(id), true)} />;
    case "settings":
      return <Settings />;
    case "start":
      return null;
  }
}

function QueuePlace({ view, ticket }: { view: string; ticket: string }) {
  const [focus, setFocus] = useState(false);
  const { id, index, total } = useView(view);
  const narrow = useIsBelow(bothFrom);
  const short = useIsBelow(propertiesFrom);
  const open = (next: string, options: { focus: boolean }) => {
    setFocus(options.focus);
    go(paths.queue(view, next), ticket !== "");
  };
  const close = () => {
    setFocus(false);
    go(paths.queue(view));
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".queue-grid")?.focus());
  };
  const list = <Queue key={view} view={view} wide={ticket === "" && !short} openId={ticket} onOpen={open} onOpenTab={(next) => openInTab(paths.ticket(next))} onClose={close} />;
  if (!ticket) return list;
  const pane = <OneTicket id={ticket} focus={focus} onClose={close} position={id === ticket ? { index, total } : undefined} onStep={narrow ? undefined : (by) => run(by > 0 ? "list.next" : "list.previous")} />;
  if (narrow) return pane;
  return <ListAndTicket list={list} ticket={pane} />;
}
