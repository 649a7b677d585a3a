// The one door to Go. Every question the window asks and every act it does goes
// through `desk`; two adapters carry it: the bindings of the desktop window and
// HTTP for a browser against the same Go code.
import { type Backend, DeskError, toDeskError } from "./backend";
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

/** openOutside leaves the window: only for an address a person was shown. */
export const openOutside: Backend["open"] = (address) => door().open(address);

/** saveFile copies a file to where the person says. */
export const saveFile: Backend["save"] = (file) => door().save(file);

const ask =
  <Answer>(facade: string, method: string) =>
  (): Promise<Answer> =>
    door().call<Answer>(facade, method);
const act =
  <Request, Answer = void>(facade: string, method: string) =>
  (request: Request): Promise<Answer> =>
    door().call<Answer>(facade, method, request);

/** attach gives a draft a file. Its bytes go beside the calls, as they come back:
 * both adapters serve /asset/. */
async function attach(ticketId: string, kind: string, file: File): Promise<view.Attachment> {
  // Not the file itself: WebKitGTK hands the body of a blob on to nobody.
  const body = await file.arrayBuffer().catch(() => {
    throw new DeskError("gone", `${file.name} cannot be read; is it a folder, or was it moved?`);
  });
  const address = `/asset/draft/${encodeURIComponent(ticketId)}/${kind}?name=${encodeURIComponent(file.name)}&size=${body.byteLength}`;
  const answer = await fetch(address, { method: "POST", headers: { "Content-Type": file.type || "application/octet-stream" }, body });
  const told: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw toDeskError(told ?? `The program answered ${answer.status}.`);
  return told as view.Attachment;
}

export const desk = {
  session: {
    state: ask<view.SessionState>("Session", "State"),
    signIn: act<view.SignInRequest, view.SessionState>("Session", "SignIn"),
    signInAgain: act<view.SignInAgainRequest, view.SessionState>("Session", "SignInAgain"),
    startSolo: act<view.SoloRequest, view.SessionState>("Session", "StartSolo"),
    moveToServer: act<view.MoveToServerRequest, view.SessionState>("Session", "MoveToServer"),
    signOut: ask<void>("Session", "SignOut"),
  },
  directory: {
    options: ask<view.Options>("Directory", "Options"),
    requesters: act<view.SearchRequest, view.Person[]>("Directory", "Requesters"),
  },
  queue: {
    sidebar: ask<view.SidebarSection[]>("Queue", "Sidebar"),
    page: act<view.QueueRequest, view.QueuePage>("Queue", "Page"),
    place: act<view.PlaceInQueueRequest, number>("Queue", "Place"),
  },
  ticket: {
    open: act<string, view.TicketView>("Ticket", "Open"),
    patch: act<view.PatchRequest>("Ticket", "Patch"),
    keep: act<view.KeepRequest>("Ticket", "Keep"),
    label: act<view.LabelRequest>("Ticket", "Label"),
    move: act<view.MoveRequest>("Ticket", "Move"),
    create: act<view.CreateRequest, view.Created>("Ticket", "Create"),
    body: act<string, view.HTMLBody>("Ticket", "Body"),
    pictures: act<string, view.HTMLBody>("Ticket", "Pictures"),
    attend: act<view.AttendRequest>("Ticket", "Attend"),
    answerMeeting: act<view.MeetingRequest>("Ticket", "AnswerMeeting"),
    markSeen: act<string>("Ticket", "MarkSeen"),
    check: act<view.CheckRequest>("Ticket", "Check"),
    log: act<view.LogRequest>("Ticket", "Log"),
    retry: act<view.RetryRequest>("Ticket", "Retry"),
    merge: act<view.MergeRequest>("Ticket", "Merge"),
    moveMessage: act<view.PlaceRequest, view.Placed>("Ticket", "MoveMessage"),
    splitMessage: act<view.SplitRequest, view.Placed>("Ticket", "SplitMessage"),
    acceptMessage: act<view.AcceptRequest>("Ticket", "AcceptMessage"),
    moveAside: act<view.AsideRequest>("Ticket", "MoveAside"),
    takeMessage: act<view.TakeRequest>("Ticket", "TakeMessage"),
    origin: act<string, view.OriginView>("Ticket", "Origin"),
    headers: act<view.SourceRequest, view.MailField[]>("Ticket", "Headers"),
    source: act<view.SourceRequest, view.SourceView>("Ticket", "Source"),
  },
  compose: {
    saveDraft: act<view.ComposeRequest, view.Draft>("Compose", "SaveDraft"),
    send: act<view.ComposeRequest>("Compose", "Send"),
    address: act<view.AddressRequest, view.Addressed>("Compose", "Address"),
    forward: act<string, view.Draft>("Compose", "Forward"),
    aside: act<string, view.Draft>("Compose", "Aside"),
    discard: act<view.ComposeRequest>("Compose", "Discard"),
    offers: act<view.OfferRequest, view.Offer[]>("Compose", "Offers"),
    speak: act<view.SpeakRequest>("Compose", "Speak"),
    resting: ask<view.RestingMessage[]>("Compose", "Resting"),
    takeBack: act<string, view.Draft>("Compose", "TakeBack"),
    held: act<view.HeldRequest>("Compose", "Held"),
    drafts: ask<view.TicketRow[]>("Compose", "Drafts"),
  },
  files: {
    states: act<string, view.FileState[]>("Files", "States"),
    keep: act<view.FileRequest>("Files", "Keep"),
    detach: act<view.DetachRequest>("Files", "Detach"),
    retry: ask<void>("Files", "Retry"),
    attach,
  },
  templates: {
    list: ask<view.TemplateList>("Templates", "List"),
    save: act<view.TemplateView, view.TemplateView>("Templates", "Save"),
  },
  search: { find: act<view.SearchRequest, view.TicketRow[]>("Search", "Find") },
  archive: {
    list: ask<view.ArchiveList>("Archive", "List"),
    want: act<view.WantRequest>("Archive", "Want"),
    fetch: act<view.FetchRequest, view.Pointer>("Archive", "Fetch"),
    setDays: act<view.DaysRequest>("Archive", "SetDays"),
  },
  sync: {
    status: ask<view.SyncStatus>("Sync", "Status"),
    outbox: ask<view.OutboxItem[]>("Sync", "Outbox"),
    answers: ask<view.AnswerItem[]>("Sync", "Answers"),
    now: ask<void>("Sync", "Now"),
    restoredSeen: ask<void>("Sync", "RestoredSeen"),
  },
  mailbox: {
    list: ask<view.MailboxesView>("Mailboxes", "List"),
    decide: act<view.QuarantineRequest>("Mailboxes", "Decide"),
    renew: act<view.RenewRequest>("Mailboxes", "Renew"),
    guess: act<view.GuessRequest, view.MailboxForm>("Mailboxes", "Guess"),
    setup: act<string, view.MailboxForm>("Mailboxes", "Setup"),
    connect: act<view.ConnectRequest>("Mailboxes", "Connect"),
    pause: act<view.PauseRequest>("Mailboxes", "Pause"),
    remove: act<string>("Mailboxes", "Remove"),
    ask: act<view.AskRequest, view.AskView>("Mailboxes", "Ask"),
    asked: ask<view.AskView>("Mailboxes", "Asked"),
    giveUp: ask<void>("Mailboxes", "GiveUp"),
    rules: ask<view.RulesView>("Mailboxes", "Rules"),
    tryRules: act<view.RulesRequest, view.RuleTrial>("Mailboxes", "TryRules"),
    saveRules: act<view.RulesRequest>("Mailboxes", "SaveRules"),
  },
  tray: {
    list: ask<view.TrayView>("Tray", "List"),
    resolve: act<view.ResolveRequest>("Tray", "Resolve"),
    dismiss: act<string>("Tray", "Dismiss"),
    addToMerged: act<string>("Tray", "AddToMerged"),
    openAgain: act<string, view.Created>("Tray", "OpenAgain"),
    retry: act<string>("Tray", "Retry"),
  },
};
