// Package app promises the window an answer from the local replica for every
// question it may ask: small facades, one exported method for one act, and no
// rule of its own.
package app

// The shapes the page sees. Instants are RFC 3339 strings and figures fit a
// JavaScript number, so that the generated TypeScript says what arrives.

// Person is a face in the window: an agent, a technician or a requester.
type Person struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Email    string `json:"email"`
	Initials string `json:"initials"`
	Tint     int    `json:"tint"` // 0 to 4, chosen by id
}

// TicketRow is a line of a queue.
type TicketRow struct {
	ID         string      `json:"id"`
	Number     string      `json:"number"`
	Kind       string      `json:"kind"` // incident or request
	Title      string      `json:"title"`
	State      string      `json:"state"`
	HoldReason string      `json:"holdReason"` // why it is On Hold, else empty
	Priority   int         `json:"priority"`   // 1 Critical to 5 Planning
	Requester  Person      `json:"requester"`
	VIP        bool        `json:"vip"`
	Assignee   Person      `json:"assignee"` // empty id: nobody
	TeamID     string      `json:"teamId"`
	Team       string      `json:"team"`
	Unread     bool        `json:"unread"`   // the requester wrote, and I have not looked since
	Pending    bool        `json:"pending"`  // holds something only this device has
	Conflict   bool        `json:"conflict"` // two truths wait for a choice
	Held       bool        `json:"held"`     // a reply of mine is held
	OpenedAt   string      `json:"openedAt"`
	UpdatedAt  string      `json:"updatedAt"`
	WaitsSince string      `json:"waitsSince"` // the requester waits for an answer, empty: they do not
	Group      string      `json:"group"`      // key of the group it stands in
	Snippet    string      `json:"snippet"`    // search only: where the words stand, plain text
	Company    []Companion `json:"company"`    // who else is at it now
}

// AttendRequest says what the person does with a ticket; an empty ticket: with
// none.
type AttendRequest struct {
	TicketID string `json:"ticketId"`
	Doing    string `json:"doing"` // viewing, editing or replying
}

// Companion is somebody else who is at a ticket now.
type Companion struct {
	Person Person `json:"person"`
	Doing  string `json:"doing"` // viewing, editing or replying
}

// SidebarItem is a line of the sidebar with its live count.
type SidebarItem struct {
	ID    string `json:"id"` // a view: "mine", "reply", "waiting", "drafts", "unsent", "conflicts", "team:<id>", "triage", "all"
	Label string `json:"label"`
	Icon  string `json:"icon"` // a Lucide name in kebab case
	Count int    `json:"count"`
	Tone  string `json:"tone"` // plain, danger, pending or conflict
}

// SidebarSection is a titled group of the sidebar.
type SidebarSection struct {
	ID    string        `json:"id"`
	Title string        `json:"title"`
	Items []SidebarItem `json:"items"`
}

// Pill is a quick filter over a queue, with its count.
type Pill struct {
	ID    string `json:"id"` // open, mine, unassigned, vip, new or resolved
	Label string `json:"label"`
	Count int    `json:"count"`
}

// Group is a heading between the rows of a queue.
type Group struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

// QueueRequest asks for a page of a queue: at most 500 rows a call.
type QueueRequest struct {
	View    string `json:"view"`
	Pill    string `json:"pill"`    // empty: open
	Text    string `json:"text"`    // filter words, empty: all
	GroupBy string `json:"groupBy"` // state, priority, assignee or empty
	Sort    string `json:"sort"`    // urgency (stock), updated, opened or number
	Offset  int    `json:"offset"`
	Limit   int    `json:"limit"`
}

// PlaceInQueueRequest asks where in a queue a ticket stands.
type PlaceInQueueRequest struct {
	Queue    QueueRequest `json:"queue"`
	TicketID string       `json:"ticketId"`
}

// QueuePage is a window on a queue, with everything its header shows.
type QueuePage struct {
	View   string      `json:"view"`
	Title  string      `json:"title"`
	Total  int         `json:"total"`
	Offset int         `json:"offset"`
	Rows   []TicketRow `json:"rows"`
	Groups []Group     `json:"groups"` // in order, covering all Total rows
	Pills  []Pill      `json:"pills"`
}

// Entry is a block of the thread: a message, or the changes between two.
type Entry struct {
	ID          string         `json:"id"`
	Kind        string         `json:"kind"` // requester, reply, note, forward, aside, answer or changes
	Author      Person         `json:"author"`
	To          string         `json:"to"` // recipients in words
	At          string         `json:"at"` // done-time
	Text        string         `json:"text"`
	Quoted      string         `json:"quoted"`  // the folded quotation, empty: none
	HasHTML     bool           `json:"hasHtml"` // an HTML body can be shown in a frame
	Attachments []Attachment   `json:"attachments"`
	Delivery    string         `json:"delivery"` // of a reply: resting, queued, held, waiting, sending, sent, failed, unknown or discarded
	Problem     string         `json:"problem"`  // why it waits, failed, was held or is unknown
	NextTry     string         `json:"nextTry"`  // of a reply that waits or is unknown; empty: soon, or never
	Tries       int            `json:"tries"`    // that no mail server took it
	MayRetry    bool           `json:"mayRetry"` // reply.retry would do something
	Pending     bool           `json:"pending"`  // only this device has it
	Unread      bool           `json:"unread"`
	Changes     []string       `json:"changes"`    // sentences, for kind changes
	Why         string         `json:"why"`        // why the mail joined this ticket or opened it
	Marks       []Mark         `json:"marks"`      // what to know before it is believed
	Suspect     bool           `json:"suspect"`    // held for agents: it can be accepted
	Accepted    bool           `json:"accepted"`   // it was held for agents, and can be again
	Movable     bool           `json:"movable"`    // to another ticket, or into one of its own
	Invitation  InvitationView `json:"invitation"` // the meeting it speaks of
	AsideID     string         `json:"asideId"`    // the side conversation it stands in; empty: none
	Aside       string         `json:"aside"`      // what that is about
	Takeable    bool           `json:"takeable"`   // into another conversation of the ticket
}

// Move is a state change allowed now, with what it asks for.
type Move struct {
	To    string   `json:"to"`
	Label string   `json:"label"`
	Needs []string `json:"needs"` // holdReason, resolutionCode, resolutionNotes
}

// RequesterCard is what the properties show of the requester.
type RequesterCard struct {
	Person       Person `json:"person"`
	Organization string `json:"organization"`
	Location     string `json:"location"`
	Phone        string `json:"phone"`
	VIP          bool   `json:"vip"`
	TimeZone     string `json:"timeZone"` // IANA name; empty: unknown
	Open         int    `json:"open"`     // open tickets
	LastYear     int    `json:"lastYear"`
}

// TicketView is a ticket as the pane shows it.
type TicketView struct {
	Row             TicketRow     `json:"row"`
	Description     string        `json:"description"`
	Source          string        `json:"source"` // mail, phone, agent …
	Category        string        `json:"category"`
	ServiceID       string        `json:"serviceId"`
	Service         string        `json:"service"`
	Impact          int           `json:"impact"`  // 1 High to 3 Low
	Urgency         int           `json:"urgency"` // 1 High to 3 Low
	ResolutionCode  string        `json:"resolutionCode"`
	ResolutionNotes string        `json:"resolutionNotes"`
	Labels          []string      `json:"labels"`
	Watchers        []Person      `json:"watchers"`
	PendingFields   []string      `json:"pendingFields"` // fields with an edit only this device has
	Requester       RequesterCard `json:"requester"`
	Thread          []Entry       `json:"thread"`
	LastPublic      string        `json:"lastPublic"` // newest message by which the stale-reply guard measures a reply
	Moves           []Move        `json:"moves"`
	MayEdit         bool          `json:"mayEdit"`
	Drafts          []Draft       `json:"drafts"`
	Asides          []AsideView   `json:"asides"`
	Conflicts       []Clash       `json:"conflicts"`

	Checklist    []ChecklistItem `json:"checklist"`
	TimeLog      []TimeLine      `json:"timeLog"`
	TimeSpent    int             `json:"timeSpent"`   // minutes
	ActualStart  string          `json:"actualStart"` // on site
	ActualEnd    string          `json:"actualEnd"`
	MeterReading string          `json:"meterReading"`
	MergedInto   Pointer         `json:"mergedInto"`
	Kept         bool            `json:"kept"`   // on this person's devices, also from the archive
	Orphan       bool            `json:"orphan"` // left this device; only words written here are shown
}

// OutboxItem is a change that has not reached the hub yet.
type OutboxItem struct {
	Mid      int    `json:"mid"`
	TicketID string `json:"ticketId"`
	Number   string `json:"number"`
	Title    string `json:"title"`
	Sentence string `json:"sentence"` // "Set state to On Hold"
	Text     string `json:"text"`     // what was written, if anything
	At       string `json:"at"`
	State    string `json:"state"` // resting, waiting, sending or sent
	Attempts int    `json:"attempts"`
	Bytes    int    `json:"bytes"`
	Have     int    `json:"have"`    // bytes of a file that have arrived, while it is sending
	Problem  string `json:"problem"` // why a file has not gone yet
}

// QueueFreshness is up to when a queue of the sidebar is complete.
type QueueFreshness struct {
	View         string `json:"view"`         // as in SidebarItem
	CompleteUpTo string `json:"completeUpTo"` // empty: it is being filled
}

// SyncStatus is what the sync chip says.
type SyncStatus struct {
	State        string           `json:"state"` // online, connecting or offline
	Solo         bool             `json:"solo"`
	Waiting      int              `json:"waiting"`
	Held         int              `json:"held"`
	ToDecide     int              `json:"toDecide"`
	CompleteUpTo string           `json:"completeUpTo"` // instant of the last checkpoint
	Queues       []QueueFreshness `json:"queues"`
	CatchingUp   bool             `json:"catchingUp"`
	Rows         int              `json:"rows"` // rows received in this catch-up
	Problem      string           `json:"problem"`
	RestoredAt   string           `json:"restoredAt"` // met the hub restored from a backup; empty: not, or put aside
	ShutOut      bool             `json:"shutOut"`    // sign in again: the hub accepts this device no more
	NextTryAt    string           `json:"nextTryAt"`
}

// SessionState says which start screen or workspace to show.
type SessionState struct {
	Open       bool   `json:"open"` // a workspace is open
	Solo       bool   `json:"solo"`
	Workspace  string `json:"workspace"`
	Server     string `json:"server"`
	User       Person `json:"user"`
	ReadOnly   bool   `json:"readOnly"`
	Version    string `json:"version"`
	Repaired   string `json:"repaired"`   // what a repair at start set aside, as a sentence
	Preparing  string `json:"preparing"`  // what is still being prepared, as a sentence
	MailboxAt  string `json:"mailboxAt"`  // solo: the mailbox being read
	MailboxErr string `json:"mailboxErr"` // solo: why it cannot be read
	Folder     string `json:"folder"`     // solo: what a server is handed
}

// SignInRequest enrols this device at a hub.
type SignInRequest struct {
	Server   string `json:"server"` // https://desk.example.com
	Email    string `json:"email"`
	Password string `json:"password"`
	Device   string `json:"device"` // name shown to the admin
}

// SignInAgainRequest lets this device in again, for the person it is signed in for.
type SignInAgainRequest struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

// MoveToServerRequest names the server that was handed a solo workspace.
type MoveToServerRequest struct {
	Server string `json:"server"` // https://desk.example.com
}

// SoloRequest opens a workspace without a server.
type SoloRequest struct {
	Workspace string `json:"workspace"`
	Name      string `json:"name"`
	Email     string `json:"email"`
	Demo      bool   `json:"demo"` // fill it with the invented company
}

// Option is a choice of a field.
type Option struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Hint  string `json:"hint"`
}

// Options is every list a field chooses from; small enough to hold in the page.
type Options struct {
	Kinds           []Option `json:"kinds"`
	States          []Option `json:"states"`
	HoldReasons     []Option `json:"holdReasons"`
	ResolutionCodes []Option `json:"resolutionCodes"`
	Impacts         []Option `json:"impacts"`
	Urgencies       []Option `json:"urgencies"`
	Priorities      []Option `json:"priorities"`
	Teams           []Option `json:"teams"`
	People          []Person `json:"people"`
	Services        []Option `json:"services"`
	Categories      []Option `json:"categories"`
	Matrix          [][]int  `json:"matrix"` // [impact-1][urgency-1] = priority
}

// PatchRequest changes one field in place; Value is the raw value (an id for
// people, teams and services, a digit for impact and urgency).
type PatchRequest struct {
	TicketID string  `json:"ticketId"`
	Field    string  `json:"field"`
	Value    string  `json:"value"`
	Reason   string  `json:"reason"`         // priority override only
	Seen     *string `json:"seen,omitempty"` // the value its author began with; none: the one this device shows
}

// LabelRequest adds or removes one label or watcher.
type LabelRequest struct {
	TicketID string `json:"ticketId"`
	Set      string `json:"set"` // labels or watchers
	Add      string `json:"add"`
	Remove   string `json:"remove"`
}

// KeepRequest keeps a ticket on this person's devices, or lets it go.
type KeepRequest struct {
	TicketID string `json:"ticketId"`
	Keep     bool   `json:"keep"`
}

// MoveRequest moves a ticket to another state.
type MoveRequest struct {
	TicketID        string `json:"ticketId"`
	To              string `json:"to"`
	HoldReason      string `json:"holdReason"`
	ResolutionCode  string `json:"resolutionCode"`
	ResolutionNotes string `json:"resolutionNotes"`
}

// CreateRequest makes a ticket; title is the only field that must be filled.
type CreateRequest struct {
	Kind        string `json:"kind"`
	Title       string `json:"title"`
	Description string `json:"description"`
	RequesterID string `json:"requesterId"`
	TeamID      string `json:"teamId"`
	ServiceID   string `json:"serviceId"`
	Category    string `json:"category"`
	Impact      int    `json:"impact"`
	Urgency     int    `json:"urgency"`
	Source      string `json:"source"`
}

// Created names the new ticket; its number is permanent at once.
type Created struct {
	ID     string `json:"id"`
	Number string `json:"number"`
}

// HeldRequest decides a held reply: send (with Text if edited), note or discard.
type HeldRequest struct {
	MessageID string `json:"messageId"`
	Act       string `json:"act"`
	Text      string `json:"text"`
}

// ResolveRequest decides a clash: mine, server, edit (with Value) or dismiss. Seen
// is the standing value, raw, that the decider had before them.
type ResolveRequest struct {
	ConflictID string `json:"conflictId"`
	Choice     string `json:"choice"`
	Value      string `json:"value"`
	Seen       string `json:"seen"`
}

// SearchRequest is words over everything this device holds, newest first.
type SearchRequest struct {
	Query string `json:"query"`
	Limit int    `json:"limit"`
}

// HTMLBody is the sanitised HTML of a message, for a frame with sandbox="".
type HTMLBody struct {
	HTML          string   `json:"html"`
	RemoteImages  int      `json:"remoteImages"` // left out; never loaded by the window
	LinkHosts     []string `json:"linkHosts"`
	SanitiserNote string   `json:"sanitiserNote"`
}
