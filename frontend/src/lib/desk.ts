// The one door to Go. Every question the window asks and every act it does goes
// through `desk`; two adapters carry it: the bindings of the desktop window and
// HTTP for a browser against the same Go code.
import type { Backend } from "./backend";
import { httpBackend } from "./backend_http";
import { wailsBackend, wailsIsHere } from "./backend_wails";
import type * as view from "./view";

let backend: Backend | undefined;

/** setBackend replaces the adapter; tests hand in their own. */
export function setBackend(next: Backend): void {
  backend = next;
}

function door(): Backend {
  backend ??= wailsIsHere() ? wailsBackend() : httpBackend();
  return backend;
}

export const on: Backend["on"] = (topic, listener) => door().on(topic, listener);

const ask =
  <Answer>(facade: string, method: string) =>
  (): Promise<Answer> =>
    door().call<Answer>(facade, method);
const act =
  <Request, Answer = void>(facade: string, method: string) =>
  (request: Request): Promise<Answer> =>
    door().call<Answer>(facade, method, request);

export const desk = {
  session: {
    state: ask<view.SessionState>("Session", "State"),
    signIn: act<view.SignInRequest, view.SessionState>("Session", "SignIn"),
    startSolo: act<view.SoloRequest, view.SessionState>("Session", "StartSolo"),
    signOut: ask<void>("Session", "SignOut"),
  },
  directory: {
    options: ask<view.Options>("Directory", "Options"),
    requesters: act<view.SearchRequest, view.Person[]>("Directory", "Requesters"),
  },
  queue: {
    sidebar: ask<view.SidebarSection[]>("Queue", "Sidebar"),
    page: act<view.QueueRequest, view.QueuePage>("Queue", "Page"),
  },
  ticket: {
    open: act<string, view.TicketView>("Ticket", "Open"),
    patch: act<view.PatchRequest>("Ticket", "Patch"),
    label: act<view.LabelRequest>("Ticket", "Label"),
    move: act<view.MoveRequest>("Ticket", "Move"),
    create: act<view.CreateRequest, view.Created>("Ticket", "Create"),
    body: act<string, view.HTMLBody>("Ticket", "Body"),
    markSeen: act<string>("Ticket", "MarkSeen"),
  },
  compose: {
    saveDraft: act<view.ComposeRequest, view.Draft>("Compose", "SaveDraft"),
    send: act<view.ComposeRequest>("Compose", "Send"),
    held: act<view.HeldRequest>("Compose", "Held"),
    drafts: ask<view.TicketRow[]>("Compose", "Drafts"),
  },
  search: { find: act<view.SearchRequest, view.TicketRow[]>("Search", "Find") },
  sync: {
    status: ask<view.SyncStatus>("Sync", "Status"),
    outbox: ask<view.OutboxItem[]>("Sync", "Outbox"),
    now: ask<void>("Sync", "Now"),
  },
  tray: {
    list: ask<view.TrayView>("Tray", "List"),
    resolve: act<view.ResolveRequest>("Tray", "Resolve"),
    dismissRefusal: act<string>("Tray", "DismissRefusal"),
  },
};
