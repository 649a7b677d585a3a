// The shapes Go sends, under the names the page knows them by. app/view.go says
// what each field means; the classes are generated from it and carry only data
// over this line. Instants are RFC 3339 texts; an empty text means none.
import type { app } from "../wailsjs/go/models";

/** Plain is the data of a generated class, without its methods. */
type Plain<T> = T extends (infer U)[]
  ? Plain<U>[]
  : T extends object
    ? { [K in keyof T as T[K] extends (...args: never[]) => unknown ? never : K]: Plain<T[K]> }
    : T;

export type AnswerItem = Plain<app.AnswerItem>;
export type ArchiveList = Plain<app.ArchiveList>;
export type ArchiveMonth = Plain<app.ArchiveMonth>;
export type AsideRequest = Plain<app.AsideRequest>;
export type AsideView = Plain<app.AsideView>;
export type AddressRequest = Plain<app.AddressRequest>;
export type Addressed = Plain<app.Addressed>;
export type AcceptRequest = Plain<app.AcceptRequest>;
export type AskRequest = Plain<app.AskRequest>;
export type AskView = Plain<app.AskView>;
export type AttendRequest = Plain<app.AttendRequest>;
export type Attachment = Plain<app.Attachment>;
export type CheckRequest = Plain<app.CheckRequest>;
export type ChecklistItem = Plain<app.ChecklistItem>;
export type Clash = Plain<app.Clash>;
export type ClashGroup = Plain<app.ClashGroup>;
export type Companion = Plain<app.Companion>;
export type ComposeRequest = Plain<app.ComposeRequest>;
export type ConnectRequest = Plain<app.ConnectRequest>;
export type CreateRequest = Plain<app.CreateRequest>;
export type Created = Plain<app.Created>;
export type DaysRequest = Plain<app.DaysRequest>;
export type DetachRequest = Plain<app.DetachRequest>;
export type Draft = Plain<app.Draft>;
export type Entry = Plain<app.Entry>;
export type FetchRequest = Plain<app.FetchRequest>;
export type Envelope = Plain<app.Envelope>;
export type FileRequest = Plain<app.FileRequest>;
export type FileState = Plain<app.FileState>;
export type Group = Plain<app.Group>;
export type GuessRequest = Plain<app.GuessRequest>;
export type HTMLBody = Plain<app.HTMLBody>;
export type HeldReply = Plain<app.HeldReply>;
export type HeldRequest = Plain<app.HeldRequest>;
export type KeepRequest = Plain<app.KeepRequest>;
export type InvitationView = Plain<app.InvitationView>;
export type LabelRequest = Plain<app.LabelRequest>;
export type LogRequest = Plain<app.LogRequest>;
export type MailboxForm = Plain<app.MailboxForm>;
export type MailboxCard = Plain<app.MailboxCard>;
export type MailboxRule = Plain<app.MailboxRule>;
export type MailTest = Plain<app.MailTest>;
export type MailboxesView = Plain<app.MailboxesView>;
export type MeetingRequest = Plain<app.MeetingRequest>;
export type MergeRequest = Plain<app.MergeRequest>;
export type MailField = Plain<app.MailField>;
export type Mark = Plain<app.Mark>;
export type Move = Plain<app.Move>;
export type MoveRequest = Plain<app.MoveRequest>;
export type MoveToServerRequest = Plain<app.MoveToServerRequest>;
export type Offer = Plain<app.Offer>;
export type OfferRequest = Plain<app.OfferRequest>;
export type Option = Plain<app.Option>;
export type Options = Plain<app.Options>;
export type OutboxItem = Plain<app.OutboxItem>;
export type OriginView = Plain<app.OriginView>;
export type Part = Plain<app.Part>;
export type PatchRequest = Plain<app.PatchRequest>;
export type Person = Plain<app.Person>;
export type Pill = Plain<app.Pill>;
export type Pointer = Plain<app.Pointer>;
export type QuarantineRequest = Plain<app.QuarantineRequest>;
export type QuarantinedMail = Plain<app.QuarantinedMail>;
export type PlaceRequest = Plain<app.PlaceRequest>;
export type Placed = Plain<app.Placed>;
export type PlaceInQueueRequest = Plain<app.PlaceInQueueRequest>;
export type QueueFreshness = Plain<app.QueueFreshness>;
export type QueuePage = Plain<app.QueuePage>;
export type QueueRequest = Plain<app.QueueRequest>;
export type Recipient = Plain<app.Recipient>;
export type Refusal = Plain<app.Refusal>;
export type RefusalGroup = Plain<app.RefusalGroup>;
export type RequesterCard = Plain<app.RequesterCard>;
export type ResolveRequest = Plain<app.ResolveRequest>;
export type RestingMessage = Plain<app.RestingMessage>;
export type RetryRequest = Plain<app.RetryRequest>;
export type PauseRequest = Plain<app.PauseRequest>;
export type RenewRequest = Plain<app.RenewRequest>;
export type RuleTrial = Plain<app.RuleTrial>;
export type RulesRequest = Plain<app.RulesRequest>;
export type RulesView = Plain<app.RulesView>;
export type SearchRequest = Plain<app.SearchRequest>;
export type SessionState = Plain<app.SessionState>;
export type SidebarItem = Plain<app.SidebarItem>;
export type SidebarSection = Plain<app.SidebarSection>;
export type SignInAgainRequest = Plain<app.SignInAgainRequest>;
export type SignInRequest = Plain<app.SignInRequest>;
export type SoloRequest = Plain<app.SoloRequest>;
export type SourceRequest = Plain<app.SourceRequest>;
export type SourceView = Plain<app.SourceView>;
export type SpeakRequest = Plain<app.SpeakRequest>;
export type SplitRequest = Plain<app.SplitRequest>;
export type Step = Plain<app.Step>;
export type SyncStatus = Plain<app.SyncStatus>;
export type TemplateList = Plain<app.TemplateList>;
export type TemplateView = Plain<app.TemplateView>;
export type TicketRow = Plain<app.TicketRow>;
export type TakeRequest = Plain<app.TakeRequest>;
/** asked is the number of the question it answers. */
export type TicketView = Plain<app.TicketView> & { asked?: number };
export type TrayView = Plain<app.TrayView>;
export type WantRequest = Plain<app.WantRequest>;
