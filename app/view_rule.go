package app

// RulesView are the mailbox rules in the order they are asked, and what their
// fields may name.
type RulesView struct {
	MaySave   bool          `json:"maySave"`
	Pending   bool          `json:"pending"` // only this device has them as they stand
	Rules     []MailboxRule `json:"rules"`
	Mailboxes []string      `json:"mailboxes"` // accounts that a rule may be for
}

// MailboxRule says what a mail becomes that belongs to no ticket yet.
type MailboxRule struct {
	Name      string     `json:"name"`
	Mailbox   string     `json:"mailbox"` // a pattern for the account; empty: every mailbox
	When      []MailTest `json:"when"`    // all must hold; none: every mail
	OfVIP     bool       `json:"ofVip"`   // and only mails of a VIP
	Ignore    string     `json:"ignore"`  // why its mails are no work; empty: they are
	Events    bool       `json:"events"`  // its mails come from a monitoring system
	EventKey  string     `json:"eventKey"`
	EventWell []MailTest `json:"eventWell"` // any of them holds for a recovery
	Kind      string     `json:"kind"`      // incident, request or empty
	TeamID    string     `json:"teamId"`
	ServiceID string     `json:"serviceId"`
	Category  string     `json:"category"`
	Impact    int        `json:"impact"`  // 1 to 3; 0: as it would be
	Urgency   int        `json:"urgency"` // 1 to 3; 0: as it would be
	Labels    []string   `json:"labels"`
	VIP       bool       `json:"vip"`  // whoever writes is marked VIP
	Last      bool       `json:"last"` // no rule below it is asked
}

// MailTest holds if a part of the mail is like one of the patterns.
type MailTest struct {
	In     string   `json:"in"`     // sender, recipient, subject, header or body
	Header string   `json:"header"` // its name, of a header
	Like   []string `json:"like"`   // * stands for anything
	Not    bool     `json:"not"`
}

// RulesRequest puts rules in place of those the person saw. What others changed
// meanwhile is none of it.
type RulesRequest struct {
	Saw   []MailboxRule `json:"saw"`
	Rules []MailboxRule `json:"rules"`
}

// RuleTrial is what rules would have made of the newest mails.
type RuleTrial struct {
	Read    int         `json:"read"`
	Asked   int         `json:"asked"`   // of them those that belonged to no ticket
	Matched int         `json:"matched"` // of these those that a rule is for
	Mails   []TriedMail `json:"mails"`   // the newest of them
}

// TriedMail is a mail that a rule is for.
type TriedMail struct {
	From       string  `json:"from"`
	Subject    string  `json:"subject"`
	ReceivedAt string  `json:"receivedAt"`
	Ticket     Pointer `json:"ticket"`  // that it became, empty id: none; without a number it is not on this device
	Becomes    string  `json:"becomes"` // what it would have become
	Says       string  `json:"says"`    // which rules would have done what
}
