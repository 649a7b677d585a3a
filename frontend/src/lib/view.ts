// The shapes Go sends, by the same JSON names as app/view.go. Instants are RFC
// 3339 texts; an empty text means none.

/** Person is a face in the window: an agent, a technician or a requester. */
export interface Person {
  id: string;
  name: string;
  email: string;
  initials: string;
  tint: number; // 0 to 4, chosen by id
}

/** TicketRow is a line of a queue. */
export interface TicketRow {
  id: string;
  number: string;
  kind: string; // incident or request
  title: string;
  state: string;
  holdReason: string; // why it is On Hold, else empty
  priority: number; // 1 Critical to 5 Planning
  requester: Person;
  vip: boolean;
  assignee: Person; // empty id: nobody
  teamId: string;
  team: string;
  unread: boolean; // the requester wrote and no agent has answered since
  pending: boolean; // holds something only this device has
  conflict: boolean; // two truths wait for a choice
  held: boolean; // a reply of mine is held
  openedAt: string;
  updatedAt: string;
  group: string; // key of the group it stands in
  snippet: string; // search only: where the words stand, plain text
}

/** SidebarItem is a line of the sidebar with its live count. */
export interface SidebarItem {
  id: string; // a view: "mine", "reply", "waiting", "drafts", "unsent", "conflicts", "team:<id>", "triage", "all"
  label: string;
  icon: string; // a Lucide name in kebab case
  count: number;
  tone: string; // plain, danger, pending or conflict
}

/** SidebarSection is a titled group of the sidebar. */
export interface SidebarSection {
  id: string;
  title: string;
  items: SidebarItem[];
}

/** Pill is a quick filter over a queue, with its count. */
export interface Pill {
  id: string; // open, mine, unassigned, vip, new or resolved
  label: string;
  count: number;
}

/** Group is a heading between the rows of a queue. */
export interface Group {
  key: string;
  label: string;
  count: number;
}

/** QueueRequest asks for a page of a queue: at most 500 rows a call. */
export interface QueueRequest {
  view: string;
  pill: string; // empty: open
  text: string; // filter words, empty: all
  groupBy: string; // state, priority, assignee or empty
  sort: string; // urgency (stock), updated, opened or number
  offset: number;
  limit: number;
}

/** QueuePage is a window on a queue, with everything its header shows. */
export interface QueuePage {
  view: string;
  title: string;
  total: number;
  offset: number;
  rows: TicketRow[];
  groups: Group[]; // in order, covering all Total rows
  pills: Pill[];
}

/** Attachment is a file of a message; its bytes come through the asset path URL. */
export interface Attachment {
  id: string;
  name: string;
  type: string;
  size: number; // bytes
  inline: boolean;
  url: string;
}

/** Entry is a block of the thread: a message, or the changes between two. */
export interface Entry {
  id: string;
  kind: string; // requester, reply, note or changes
  author: Person;
  to: string; // recipients in words
  at: string; // done-time
  text: string;
  quoted: string; // the folded quotation, empty: none
  hasHtml: boolean; // an HTML body can be shown in a frame
  attachments: Attachment[];
  delivery: string; // of a reply: queued, held, sending, sent, failed, unknown or discarded
  problem: string; // why it failed, was held or is unknown
  pending: boolean; // only this device has it
  unread: boolean;
  changes: string[]; // sentences, for kind changes
  why: string; // why the mail joined this ticket or opened it
}

/** Move is a state change allowed now, with what it asks for. */
export interface Move {
  to: string;
  label: string;
  needs: string[]; // holdReason, resolutionCode, resolutionNotes
}

/** Draft is unsent text of this device; reply and note are distinct. */
export interface Draft {
  kind: string; // reply or note
  text: string;
  savedAt: string;
}

/** RequesterCard is what the properties show of the requester. */
export interface RequesterCard {
  person: Person;
  organization: string;
  location: string;
  phone: string;
  vip: boolean;
  localTime: string; // "14:36", empty: zone unknown
  open: number; // open tickets
  lastYear: number;
}

/** TicketView is a ticket as the pane shows it. */
export interface TicketView {
  row: TicketRow;
  description: string;
  source: string; // mail, phone, agent …
  category: string;
  serviceId: string;
  service: string;
  impact: number; // 1 High to 3 Low
  urgency: number; // 1 High to 3 Low
  resolutionCode: string;
  resolutionNotes: string;
  labels: string[];
  watchers: Person[];
  pendingFields: string[]; // fields with an edit only this device has
  requester: RequesterCard;
  thread: Entry[];
  moves: Move[];
  mayEdit: boolean;
  drafts: Draft[];
  conflicts: Clash[];
}

/** Clash is one field with two truths (SPEC: a value replaces another only if its author saw the other). */
export interface Clash {
  id: string;
  field: string;
  label: string;
  base: string; // shown values: names, not ids
  server: string;
  mine: string;
  baseRaw: string;
  serverRaw: string;
  mineRaw: string;
  serverBy: Person;
  serverAt: string;
  mineBy: Person;
  mineAt: string;
  suggest: string; // mine, server or empty
  reason: string;
  pending: boolean; // a choice is made and waits to be sent
}

/** ClashGroup is the conflicts of one ticket. */
export interface ClashGroup {
  row: TicketRow;
  fields: Clash[];
  merged: string[]; // what merged by itself, as sentences
  headline: string;
}

/** Step is something that happened on a ticket after a held reply was written. */
export interface Step {
  at: string;
  author: Person;
  text: string;
}

/** HeldReply is a reply the stale-reply guard stopped. */
export interface HeldReply {
  messageId: string;
  row: TicketRow;
  text: string;
  to: string;
  writtenAt: string;
  since: Step[];
}

/** Refusal is a change the hub refused, with its reason and the full text. */
export interface Refusal {
  id: string;
  row: TicketRow;
  sentence: string;
  code: string;
  reason: string;
  text: string;
  at: string;
}

/** TrayView is everything that waits for a person's choice. */
export interface TrayView {
  clashes: ClashGroup[];
  held: HeldReply[];
  refusals: Refusal[];
}

/** OutboxItem is a change that has not reached the hub yet. */
export interface OutboxItem {
  mid: number;
  ticketId: string;
  number: string;
  title: string;
  sentence: string; // "Set state to On Hold"
  text: string; // what was written, if anything
  at: string;
  state: string; // waiting, sending or sent
  attempts: number;
  bytes: number;
}

/** SyncStatus is what the sync chip says. */
export interface SyncStatus {
  state: string; // online, connecting or offline
  solo: boolean;
  waiting: number;
  held: number;
  toDecide: number;
  completeUpTo: string; // instant of the last checkpoint
  catchingUp: boolean;
  rows: number; // rows received in this catch-up
  problem: string;
  nextTryAt: string;
}

/** SessionState says which start screen or workspace to show. */
export interface SessionState {
  open: boolean; // a workspace is open
  solo: boolean;
  workspace: string;
  server: string;
  user: Person;
  readOnly: boolean;
  version: string;
  repaired: string; // what a repair at start set aside, as a sentence
  mailboxAt: string; // solo: the mailbox being read
  mailboxErr: string; // solo: why it cannot be read
}

/** SignInRequest enrols this device at a hub. */
export interface SignInRequest {
  server: string; // https://desk.example.com
  email: string;
  password: string;
  device: string; // name shown to the admin
}

/** SoloRequest opens a workspace without a server. */
export interface SoloRequest {
  workspace: string;
  name: string;
  email: string;
  demo: boolean; // fill it with the invented company
}

/** Option is a choice of a field. */
export interface Option {
  id: string;
  label: string;
  hint: string;
}

/** Options is every list a field chooses from; small enough to hold in the page. */
export interface Options {
  kinds: Option[];
  states: Option[];
  holdReasons: Option[];
  resolutionCodes: Option[];
  impacts: Option[];
  urgencies: Option[];
  priorities: Option[];
  teams: Option[];
  people: Person[];
  services: Option[];
  categories: Option[];
  matrix: number[][]; // [impact-1][urgency-1] = priority
}

/** PatchRequest changes one field in place; Value is the raw value (an id for people, teams and services, a digit for impact and urgency). */
export interface PatchRequest {
  ticketId: string;
  field: string;
  value: string;
  reason: string; // priority override only
}

/** LabelRequest adds or removes one label or watcher. */
export interface LabelRequest {
  ticketId: string;
  set: string; // labels or watchers
  add: string;
  remove: string;
}

/** MoveRequest moves a ticket to another state. */
export interface MoveRequest {
  ticketId: string;
  to: string;
  holdReason: string;
  resolutionCode: string;
  resolutionNotes: string;
}

/** CreateRequest makes a ticket; title is the only field that must be filled. */
export interface CreateRequest {
  kind: string;
  title: string;
  description: string;
  requesterId: string;
  teamId: string;
  serviceId: string;
  category: string;
  impact: number;
  urgency: number;
  source: string;
}

/** Created names the new ticket; its number is permanent at once. */
export interface Created {
  id: string;
  number: string;
}

/** ComposeRequest saves a draft or sends it. */
export interface ComposeRequest {
  ticketId: string;
  kind: string; // reply or note
  text: string;
  seenId: string; // last public message the writer saw
}

/** HeldRequest decides a held reply: send (with Text if edited), note or discard. */
export interface HeldRequest {
  messageId: string;
  act: string;
  text: string;
}

/** ResolveRequest decides a clash: mine, server, edit (with Value) or dismiss. */
export interface ResolveRequest {
  conflictId: string;
  choice: string;
  value: string;
}

/** SearchRequest is words over everything this device holds, newest first. */
export interface SearchRequest {
  query: string;
  limit: number;
}

/** HTMLBody is the sanitised HTML of a message, for a frame with sandbox="". */
export interface HTMLBody {
  html: string;
  remoteImages: number; // left out; never loaded by the window
  linkHosts: string[];
  sanitiserNote: string;
}
