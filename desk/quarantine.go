package desk

import (
	"slices"
	"time"
)

// QuarantinedMail is a mail of which nothing could be made, with as much of it
// as can be read: the raw mail lies at the hub under its sum.
type QuarantinedMail struct {
	ID         QuarantineID  `json:"id"`
	Mailbox    MailboxID     `json:"mailbox"`
	Account    string        `json:"account"` // with SHA256 its place in the hub's ledger of mails
	SHA256     string        `json:"sha256"`  // of what was fetched, lower-case hex
	Size       int64         `json:"size"`    // bytes at the mail server
	Part       MailPartKept  `json:"part"`
	ReceivedAt time.Time     `json:"received_at"`
	From       Address       `json:"from"`
	Subject    string        `json:"subject,omitempty"`
	Head       []HeaderField `json:"head,omitempty"`

	State  QuarantineState `json:"state"`
	Reason string          `json:"reason"` // one sentence: why nothing was made of it, or what was
	Tries  int             `json:"tries"`
	Wish   QuarantineAct   `json:"wish,omitempty"` // what a person decided last
	By     PersonID        `json:"by,omitempty"`
	Ticket TicketID        `json:"ticket,omitempty"` // that it became in the end
	At     time.Time       `json:"at"`               // it came into its state
	Rev    int64           `json:"rev"`
	surplus
}

// Key names the record of the mail.
func (q QuarantinedMail) Key() Key { return Key{KindQuarantine, string(q.ID)} }

// HeaderField is a field of a mail's header, decoded (RFC 5322 §2.2).
type HeaderField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// MailPartKept is how much of a mail the hub has.
type MailPartKept string

const (
	KeptWhole     MailPartKept = "whole"
	KeptBeginning MailPartKept = "beginning" // it was over the limit
	KeptNothing   MailPartKept = "nothing"   // the mail server could not give it
)

// QuarantineState is how far a quarantined mail has come.
type QuarantineState string

const (
	InQuarantine        QuarantineState = "quarantined"
	QuarantineRetrying  QuarantineState = "retrying"  // a person asked; the hub is about to
	QuarantineSettled   QuarantineState = "settled"   // it became work after all, or is none
	QuarantineDismissed QuarantineState = "dismissed" // a person put it aside; the raw mail stays
)

var quarantineStates = map[QuarantineState]string{
	InQuarantine: "In quarantine", QuarantineRetrying: "Being tried again", QuarantineSettled: "Settled", QuarantineDismissed: "Put aside",
}

func (s QuarantineState) String() string { return quarantineStates[s] }

// QuarantineAct is what a person decides about a quarantined mail.
type QuarantineAct string

const (
	RetryMail   QuarantineAct = "retry"   // as any other mail
	TicketMail  QuarantineAct = "ticket"  // a ticket of what can be read, with the raw mail attached
	DismissMail QuarantineAct = "dismiss" // it is no work
)

// decided is the state that an act leads to, from each state that allows it.
var decided = map[QuarantineState]map[QuarantineAct]QuarantineState{
	InQuarantine:        {RetryMail: QuarantineRetrying, TicketMail: QuarantineRetrying, DismissMail: QuarantineDismissed},
	QuarantineDismissed: {RetryMail: QuarantineRetrying, TicketMail: QuarantineRetrying},
}

// quarantineActs is the order in which acts are offered.
var quarantineActs = []QuarantineAct{RetryMail, TicketMail, DismissMail}

// Acts lists what may be decided about the mail as it stands.
func (q QuarantinedMail) Acts() []QuarantineAct {
	return slices.DeleteFunc(slices.Clone(quarantineActs), func(a QuarantineAct) bool { return q.allows(a) != nil })
}

// allows refuses what cannot be decided about the mail.
func (q QuarantinedMail) allows(act QuarantineAct) error {
	_, known := decided[q.State][act]
	switch {
	case !slices.Contains(quarantineActs, act):
		return Refuse(CodeValidation, "A quarantined mail can be tried again, made a ticket or put aside; %q is none of these.", act)
	case !known:
		return Refuse(CodeWorkflow, "The mail %q is not in quarantine any more (%s); nothing needs to be done.", q.Subject, q.State)
	case act == DismissMail || q.Part == KeptWhole:
		return nil
	case q.Part == KeptNothing:
		return Refuse(CodeWorkflow, "The mail server could not hand over the mail %q, so there is nothing to try; open the mailbox itself and forward the mail.", q.Subject)
	case act == RetryMail:
		return Refuse(CodeWorkflow, "Of the mail %q only the beginning was fetched, and trying again changes nothing; make it a ticket instead.", q.Subject)
	}
	return nil
}
