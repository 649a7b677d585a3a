import { useEffect, useRef } from "react";
import { useActions } from "../lib/actions";
import { desk } from "../lib/desk";
import { client, useSession, useSidebar, useSyncStatus, useTicket } from "../lib/query";
import { begin, go, type Place, paths, placeOf, viewPath } from "../lib/route";
import { forgetActs } from "../lib/undo";
import { forgetUnfinished } from "../lib/unfinished";
import { forgetDrafts } from "../compose";
import { forgetWindows } from "../queue";
import { shellActions, type ShellHandle } from "./actions";
import { Boundary } from "./Boundary";
import { resetDesktop, setStrip, showOver, useDesktop } from "./desktop";
import { fetchLater, later } from "./later";
import { MailBanner } from "./MailBanner";
import { toWork } from "./panes";
import { PlaceView } from "./PlaceView";
import { type Area, Rail } from "./Rail";
import { RepairedBanner } from "./RepairedBanner";
import { RestoredBanner } from "./RestoredBanner";
import { ShutOutBanner } from "./ShutOutBanner";
import { Sidebar } from "./Sidebar";
import { StatusBar } from "./StatusBar";
import { TabBar } from "./TabBar";
import { followTo } from "./tabs";

const Palette = later(async () => (await import("./Palette")).Palette);
const NewTicketSheet = later(async () => (await import("../create")).NewTicketSheet);
const SignInAgain = later(async () => (await import("../session")).SignInAgain);
const KeySheet = later(async () => (await import("./KeySheet")).KeySheet);

/** breath is how long, in milliseconds, the first screen has the machine to itself. */
const breath = 150;

const close = () => showOver(undefined);

/** Frame is the window of an open workspace. */
export function Frame({ path }: { path: string }) {
  const place = placeOf(path);
  const sections = useSidebar().data;
  const session = useSession().data;
  const { over, words, sidebar } = useDesktop();
  const row = useTicket(place.name === "queue" || place.name === "ticket" ? place.ticket : "").data?.row;
  const start = sections?.flatMap((section) => section.items)[0]?.id;
  useEffect(() => {
    if (place.name === "start") {
      if (start) begin(viewPath(start));
    } else setStrip((strip) => followTo(strip, path));
  }, [place.name, path, start]);
  useEffect(() => {
    document.title = [row?.number, session?.workspace, "Holdall"].filter(Boolean).join(" · ");
  }, [row?.number, session?.workspace]);
  useEffect(() => {
    const timer = setTimeout(() => void fetchLater(), breath);
    return () => clearTimeout(timer);
  }, []);
  useEffect(toWork, [sidebar]);
  const shutOut = useSyncStatus().data?.shutOut ?? false;
  const handle = useRef<ShellHandle>(undefined);
  handle.current = { place: () => place, sections: () => sections ?? [], solo: () => session?.solo ?? false, shutOut: () => shutOut, leave: () => void leave() };
  const solo = session?.solo ?? false;
  useActions(
    () => shellActions({ place: () => handle.current!.place(), sections: () => handle.current!.sections(), solo: () => solo, shutOut: () => handle.current!.shutOut(), leave: () => handle.current!.leave() }),
    [solo],
  );
  const isMine = sections?.[0]?.items.some((item) => item.id === place.view) ?? false;
  return (
    <div className="frame" data-sidebar={sidebar}>
      <Rail area={areaOf(place.name, isMine)} />
      {sidebar && <Sidebar view={place.view} />}
      <div className="work">
        <TabBar />
        <div className="banners">
          <ShutOutBanner />
          <RepairedBanner />
          <RestoredBanner />
          <MailBanner />
        </div>
        <main className="sheet-of-work">
          <Boundary at={path}>
            <PlaceView place={place} />
          </Boundary>
        </main>
      </div>
      <StatusBar />
      {over === "palette" && <Palette initial={words} context={row?.number ?? ""} onClose={close} />}
      {over === "keys" && <KeySheet onClose={close} />}
      {over === "again" && <SignInAgain onClose={close} />}
      {over === "new" && (
        <NewTicketSheet
          onClose={close}
          onCreated={(made) => {
            close();
            go(place.name === "queue" ? paths.queue(place.view, made.id) : paths.ticket(made.id));
          }}
        />
      )}
    </div>
  );
}

/** areaOf is the area of the rail a place belongs to; some belong to none. */
function areaOf(place: Place["name"], isMine: boolean): Area {
  if (isMine) return "inbox";
  if (place === "settings") return place;
  return place === "queue" || place === "ticket" ? "queues" : "";
}

/** Leaving keeps every draft first; then nothing of the workspace stays in the page. */
async function leave(): Promise<void> {
  await forgetDrafts();
  await desk.session.signOut();
  forgetWindows();
  forgetActs();
  forgetUnfinished();
  resetDesktop();
  go("/");
  client.clear();
  await client.refetchQueries({ queryKey: ["session"] });
}
