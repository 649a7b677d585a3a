package intake

import (
	"context"
	"errors"
	"time"

	"holdall/desk"
)

// ErrUnknown is what a Sink answers when it holds no such thing.
var ErrUnknown = errors.New("not known")

// Sink is where mails are filed and what is made of them is carried out: the
// hub, or a desktop's replica.
type Sink interface {
	Ledger
	Book
}

// Ledger keeps the raw mails and what became of them.
type Ledger interface {
	// File keeps mails and the position behind them in one transaction and
	// returns when it is durable. A mail already there, by account, mailbox,
	// UIDVALIDITY and UID, or by account and SHA-256, is passed over; the
	// position moves all the same.
	File(ctx context.Context, mails []Mail, next Position) error
	// Position is where to go on reading; the zero Position at first.
	Position(ctx context.Context, account, mailbox string) (Position, error)
	// Pending lists filed mails that are due at now, oldest first.
	Pending(ctx context.Context, now time.Time, limit int) ([]Entry, error)
	// Commit carries out all outcomes in one transaction, or none: files,
	// mutations in their order as the hub itself, and the state of each row.
	// A row that is no longer filed is passed over with its whole outcome.
	Commit(ctx context.Context, outcomes []Outcome) error
	// Retry counts a failed try; the row is due again at the given time.
	Retry(ctx context.Context, id EntryID, reason string, due time.Time) error
}

// Book answers what threading asks; ErrUnknown where there is nothing.
type Book interface {
	// Workspace reads the desk's settings, with its mailbox rules.
	Workspace(ctx context.Context) (desk.Workspace, error)
	Ticket(ctx context.Context, id desk.TicketID) (desk.Ticket, error)
	TicketByNumber(ctx context.Context, n desk.Number) (desk.Ticket, error)
	// MessageByMailID finds a message, ours or theirs, by its Message-ID
	// without angle brackets; of several, the oldest.
	MessageByMailID(ctx context.Context, mailID string) (desk.Message, error)
	// MessageByMeeting finds the mail by which somebody first asked to a meeting,
	// named by its UID and the address it came from, in any case. What is held for
	// agents asked nobody.
	MessageByMeeting(ctx context.Context, uid, from string) (desk.Message, error)
	// RequesterByEmail and PersonByEmail compare without case.
	RequesterByEmail(ctx context.Context, email string) (desk.Requester, error)
	PersonByEmail(ctx context.Context, email string) (desk.Person, error)
	// Participant reports whether an agent added this address to the ticket.
	Participant(ctx context.Context, ticket desk.TicketID, email string) (bool, error)
	// Asides lists the side conversations of the ticket in which an agent let
	// this address take part, the one with the newest word first.
	Asides(ctx context.Context, ticket desk.TicketID, email string) ([]desk.AsideID, error)
	// Traffic counts rows by their outcomes since a time: mails from an
	// address, answers made to it by intake, and answers made to anyone.
	Traffic(ctx context.Context, email string, since time.Time) (Traffic, error)
}

// Traffic is what passed between an address and the desk.
type Traffic struct {
	Mails   int
	Replies int
	Total   int
}

// Outcome is what a mail becomes.
type Outcome struct {
	Entry     EntryID
	State     EntryState // Converted or Quarantined
	Reason    string     // a sentence for the window
	From      string     // the sender's address, for Traffic; may be empty
	Ticket    desk.TicketID
	Message   desk.MessageID
	Mutations []desk.Mutation // Device and Mid are the Sink's to give
	Files     []File
	Reply     *Reply // an automatic answer to queue in the same transaction
}

// File is the content of attachments, addressed by its hash.
type File struct {
	SHA256 string // lower-case hex
	Data   []byte
}

// ReplyKind says what an automatic answer tells.
type ReplyKind string

// The automatic answers. They carry none of the incoming text.
const (
	ReplyReceived ReplyKind = "received"  // the ticket's number
	ReplyTooLarge ReplyKind = "too_large" // the mail was over the limit
)

// Reply is the decision to answer automatically; whoever sends it writes the
// text, marks it Auto-Submitted and gives it our Message-ID.
type Reply struct {
	Kind       ReplyKind
	To         desk.Address
	Ticket     desk.TicketID // empty for ReplyTooLarge
	InReplyTo  string
	References []string
}
