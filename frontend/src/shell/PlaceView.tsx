import { lazy, Suspense, useState } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { Composer } from "../compose";
import { run } from "../lib/actions";
import { bothFrom, useIsBelow } from "../lib/width";
import { go, type Place, paths } from "../lib/route";
import type { TicketView } from "../lib/view";
import { Queue, useView } from "../queue";
import { Outbox } from "../sync";
import { Ticket } from "../ticket";
import { openInTab } from "./desktop";

const TrayScreen = lazy(() => import("../conflict").then(({ TrayScreen: screen }) => ({ default: screen })));
const ArchiveScreen = lazy(() => import("../archive").then(({ ArchiveScreen: screen }) => ({ default: screen })));
const MailboxScreen = lazy(() => import("../mailbox").then(({ MailboxScreen: screen }) => ({ default: screen })));
const TemplateScreen = lazy(() => import("../template").then(({ TemplateScreen: screen }) => ({ default: screen })));
const Settings = lazy(() => import("../settings").then(({ Settings: screen }) => ({ default: screen })));

/** PlaceView composes the features into the place one is at. */
export function PlaceView({ place }: { place: Place }) {
  switch (place.name) {
    case "queue":
      return <QueuePlace view={place.view} ticket={place.ticket} />;
    case "ticket":
      return <OneTicket id={place.ticket} focus onClose={() => history.back()} />;
    case "conflicts":
      return (
        <Suspense>
          <TrayScreen at={place.ticket} onAt={(key) => go(paths.conflicts(key), true)} onOpen={(id) => openInTab(paths.ticket(id))} />
        </Suspense>
      );
    case "unsent":
      return <Outbox onOpen={(id) => openInTab(paths.ticket(id))} />;
    case "archive":
      return (
        <Suspense>
          <ArchiveScreen key={place.ticket} number={place.ticket} onOpen={(id) => openInTab(paths.ticket(id))} />
        </Suspense>
      );
    case "mailboxes":
      return (
        <Suspense>
          <MailboxScreen at={place.ticket} onOpen={(id) => openInTab(paths.ticket(id))} />
        </Suspense>
      );
    case "templates":
      return (
        <Suspense>
          <TemplateScreen at={place.ticket} onAt={(id) => go(paths.templates(id), true)} />
        </Suspense>
      );
    case "settings":
      return (
        <Suspense>
          <Settings />
        </Suspense>
      );
    case "start":
      return null;
  }
}

function QueuePlace({ view, ticket }: { view: string; ticket: string }) {
  const [focus, setFocus] = useState(false);
  const { id, index, total } = useView(view);
  const narrow = useIsBelow(bothFrom);
  const open = (next: string, options: { focus: boolean }) => {
    setFocus(options.focus);
    go(paths.queue(view, next), ticket !== "");
  };
  const close = () => {
    setFocus(false);
    go(paths.queue(view));
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".queue-grid")?.focus());
  };
  const list = <Queue key={view} view={view} wide={ticket === "" && !narrow} openId={ticket} onOpen={open} onOpenTab={(next) => openInTab(paths.ticket(next))} onClose={close} />;
  if (!ticket) return list;
  const pane = <OneTicket id={ticket} focus={focus} onClose={close} position={id === ticket ? { index, total } : undefined} onStep={narrow ? undefined : (by) => run(by > 0 ? "list.next" : "list.previous")} />;
  if (narrow) return pane;
  return (
    <Group orientation="horizontal" className="place-panes">
      <Panel id="list" defaultSize={412} minSize={320} maxSize={640} groupResizeBehavior="preserve-pixel-size">
        {list}
      </Panel>
      <Separator className="pane-line" />
      <Panel id="ticket" minSize={420}>
        {pane}
      </Panel>
    </Group>
  );
}

interface OneTicketProps {
  id: string;
  focus: boolean;
  onClose: () => void;
  position?: { index: number; total: number };
  onStep?: (by: number) => void;
}

// Keys of the ticket act from its pane once the composer lets go.
const toPane = () => document.querySelector<HTMLElement>(".ticket-panes .pane")?.focus({ preventScroll: true });

const toConflict = (id: string) => go(paths.conflicts(id));

const toTicket = (id: string) => openInTab(paths.ticket(id));

const composerOf = (ticket: TicketView) => <Composer key={ticket.row.id} ticket={ticket} onLeave={toPane} />;

function OneTicket(props: OneTicketProps) {
  return <Ticket {...props} onConflict={toConflict} onOpen={toTicket} composer={composerOf} />;
}
