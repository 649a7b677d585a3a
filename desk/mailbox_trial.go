package desk

import "time"

// RuleTrial is what mailbox rules would have made of mails that arrived. Nothing
// is changed by it.
type RuleTrial struct {
	Read  int         `json:"read"`  // the newest mails that were looked at
	Asked int         `json:"asked"` // of them those that belonged to no ticket: rules are asked of no other
	Mails []TriedMail `json:"mails"` // those that a rule is for, newest first
}

// TriedMail is a mail that a rule is for.
type TriedMail struct {
	From       Address   `json:"from"`
	Subject    string    `json:"subject"`
	ReceivedAt time.Time `json:"received_at"`
	Ticket     TicketID  `json:"ticket,omitempty"` // that it became; empty: it was no work

	Rules  []string `json:"rules"`            // each with what it would have done
	Ignore string   `json:"ignore,omitempty"` // why it would have been no work
	Event  string   `json:"event,omitempty"`  // what is ill, of an event of monitoring
	Well   bool     `json:"well,omitempty"`   // and is well again
}
