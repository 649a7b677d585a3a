package desk

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"
)

// Name names what a mutation does.
type Name string

const (
	TicketCreate     Name = "ticket.create"
	TicketPatch      Name = "ticket.patch"
	TicketLabel      Name = "ticket.label"
	TicketMove       Name = "ticket.move"
	TicketCheck      Name = "ticket.check" // the checklist
	TicketMerge      Name = "ticket.merge" // a duplicate into the ticket that goes on
	TicketArchive    Name = "ticket.archive"
	TicketPin        Name = "ticket.pin"
	TimeLog          Name = "time.log"
	MessageAdd       Name = "message.add"
	MessageMove      Name = "message.move"   // to another ticket
	MessageSplit     Name = "message.split"  // into a ticket of its own
	MessageAccept    Name = "message.accept" // one that is held for agents
	AsideMove        Name = "aside.move"     // close a side conversation, or open it again
	AsideTake        Name = "aside.take"     // put a mail into another conversation of its ticket
	ReplyDecide      Name = "reply.decide"
	ReplyDeliver     Name = "reply.deliver"
	ReplyRetry       Name = "reply.retry"
	FileArrive       Name = "file.arrive"
	ConflictResolve  Name = "conflict.resolve"
	RejectionDismiss Name = "rejection.dismiss"
	RequesterPut     Name = "requester.put"
	PersonPut        Name = "person.put"
	TeamPut          Name = "team.put"
	ServicePut       Name = "service.put"
	TemplatePut      Name = "template.put"
	RequesterSpeak   Name = "requester.speak"
	WorkspacePut     Name = "workspace.put"
	WorkspacePatch   Name = "workspace.patch" // settings, each by itself
	MailboxReport    Name = "mailbox.report"
	QuarantineReport Name = "quarantine.report"
	QuarantineDecide Name = "quarantine.decide"

	// Lost keeps the place of a mutation that its device does not have any more,
	// for mids are dense (SPEC R3). It is refused, and the queue goes on.
	Lost Name = "lost"
)

// Mutation is an intent: what someone did, on which device, seeing what (SPEC
// R2). Device and Mid give it its place; mids are dense per device, from 1.
type Mutation struct {
	Device  DeviceID         `json:"device"`
	Mid     int64            `json:"mid"`
	Name    Name             `json:"name"`
	Version int              `json:"v"`
	Ticket  TicketID         `json:"ticket,omitempty"` // the tree it acts on
	Args    json.RawMessage  `json:"args"`
	Old     map[Field]string `json:"old,omitempty"`      // the values its author saw
	BaseRev int64            `json:"base_rev,omitempty"` // the ticket's revision its author saw
	At      time.Time        `json:"at"`                 // done-time by the device's clock; orders nothing
}

// NewMutation wraps arguments into a mutation of the newest version. Device and
// mid are given when it enters an outbox.
func NewMutation(name Name, ticket TicketID, args any, at time.Time) (Mutation, error) {
	body, err := json.Marshal(args)
	if err != nil {
		return Mutation{}, fmt.Errorf("encode %s: %w", name, err)
	}
	return Mutation{Name: name, Version: acts[name].newest(), Ticket: ticket, Args: body, At: at.UTC()}, nil
}

// Fingerprint tells apart what a device did under one mid, on a disk that was put
// back to an earlier day and before that (SPEC R3). It is the same however often a
// mutation is sent, and on whatever mid.
func (m Mutation) Fingerprint() string {
	said := fmt.Appendf(nil, "%s %q %s ", m.Name, m.Ticket, m.At.UTC().Format(time.RFC3339Nano))
	sum := sha256.Sum256(append(said, m.Args...))
	return fmt.Sprintf("%x", sum[:8])
}

// localID names the n-th thing a mutation makes; it is the same on the laptop
// that predicts it and at the hub that decides it.
func (m Mutation) localID(n int) string { return fmt.Sprintf("%s.%d.%d", m.Device, m.Mid, n) }

// CreateTicket are the arguments of ticket.create. Number comes from the
// device's lease; the hub gives one when it is empty and the hub itself acts.
type CreateTicket struct {
	Number      Number      `json:"number,omitempty"`
	Kind        TicketKind  `json:"kind"`
	Title       string      `json:"title"`
	Description string      `json:"description,omitempty"`
	Source      Source      `json:"source,omitempty"`
	Requester   RequesterID `json:"requester,omitempty"`
	Team        TeamID      `json:"team,omitempty"`
	Assignee    PersonID    `json:"assignee,omitempty"`
	Service     ServiceID   `json:"service,omitempty"`
	Category    string      `json:"category,omitempty"`
	Impact      Level       `json:"impact,omitempty"`  // 0: Low
	Urgency     Level       `json:"urgency,omitempty"` // 0: Low
	RelatedTo   TicketID    `json:"related_to,omitempty"`
}

// PatchTicket are the arguments of ticket.patch; Mutation.Old has a value for
// every field it sets.
type PatchTicket struct {
	Set    map[Field]string `json:"set"`
	Reason string           `json:"reason,omitempty"` // why the priority is overridden
}

// LabelTicket are the arguments of ticket.label: sets merge by adding and
// removing, never by replacing.
type LabelTicket struct {
	AddLabels      []string   `json:"add_labels,omitempty"`
	RemoveLabels   []string   `json:"remove_labels,omitempty"`
	AddWatchers    []PersonID `json:"add_watchers,omitempty"`
	RemoveWatchers []PersonID `json:"remove_watchers,omitempty"`
}

// MoveTicket are the arguments of ticket.move: a guarded transition.
type MoveTicket struct {
	From            State          `json:"from"`
	To              State          `json:"to"`
	HoldReason      HoldReason     `json:"hold_reason,omitempty"`
	ResolutionCode  ResolutionCode `json:"resolution_code,omitempty"`
	ResolutionNotes string         `json:"resolution_notes,omitempty"`
}

// CheckTicket are the arguments of ticket.check. An item is taken away with the
// words its author saw; its words are changed by ticket.patch, as ItemField.
type CheckTicket struct {
	Add    []Item            `json:"add,omitempty"` // id and text
	Tick   []ItemID          `json:"tick,omitempty"`
	Untick []ItemID          `json:"untick,omitempty"`
	Remove map[ItemID]string `json:"remove,omitempty"`
}

// MergeTicket are the arguments of ticket.merge; the mutation's ticket is the
// duplicate.
type MergeTicket struct {
	Into TicketID `json:"into"`
}

// ArchiveTicket are the arguments of ticket.archive, which only the hub executes:
// a ticket that ended before an instant goes to the archive of its team.
type ArchiveTicket struct {
	Before time.Time `json:"before"`
}

// PinTicket are the arguments of ticket.pin: whether the actor wants the ticket
// kept on their devices, wherever it stands.
type PinTicket struct {
	Keep bool `json:"keep"`
}

// LogTime are the arguments of time.log. Who and when are the hub's to fill.
type LogTime struct {
	Entry TimeEntry `json:"entry"`
}

// AddMessage are the arguments of message.add. Author, times and delivery are
// the hub's to fill.
type AddMessage struct {
	Message Message `json:"message"`
}

// DecideReply are the arguments of reply.decide, for a held reply.
type DecideReply struct {
	Message MessageID `json:"message"`
	Act     ReplyAct  `json:"act"`
	Text    string    `json:"text,omitempty"` // the edited text; empty: as it is
	Seen    MessageID `json:"seen"`           // newest public message the decider saw
}

// ReplyAct decides a held reply.
type ReplyAct string

const (
	ReplySend    ReplyAct = "send"
	ReplyToNote  ReplyAct = "note"
	ReplyDiscard ReplyAct = "discard"
)

// DeliverReply are the arguments of reply.deliver: how far a reply has come.
type DeliverReply struct {
	Message   MessageID `json:"message"`
	Delivery  Delivery  `json:"delivery"`
	MailID    string    `json:"mail_id,omitempty"`
	Problem   string    `json:"problem,omitempty"`
	Permanent bool      `json:"permanent,omitempty"` // of a failure: the address is dead
	Wait      *Wait     `json:"wait,omitempty"`
}

// RetryReply are the arguments of reply.retry: somebody does not want to wait
// for the next try, or wants one after the last.
type RetryReply struct {
	Message MessageID `json:"message"`
}

// ArriveFile are the arguments of file.arrive: the hub has the bytes of a file
// that a message announced.
type ArriveFile struct {
	Message MessageID `json:"message"`
	SHA256  string    `json:"sha256"`
}

// ResolveConflict are the arguments of conflict.resolve. Seen is the standing
// value its author saw.
type ResolveConflict struct {
	Conflict ConflictID `json:"conflict"`
	Choice   Choice     `json:"choice"`
	Value    string     `json:"value,omitempty"`
	Seen     string     `json:"seen"`
}

// DecideQuarantine are the arguments of quarantine.decide.
type DecideQuarantine struct {
	ID  QuarantineID  `json:"id"`
	Act QuarantineAct `json:"act"`
}

// DismissRejection are the arguments of rejection.dismiss.
type DismissRejection struct {
	ID string `json:"id"`
}
