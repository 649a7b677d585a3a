package app

// MailboxesView is what a lead sees of the mailboxes and of quarantine.
type MailboxesView struct {
	Seen         bool              `json:"seen"`         // this person may see any of it
	MayDecide    bool              `json:"mayDecide"`    // about quarantined mails
	MayConfigure bool              `json:"mayConfigure"` // mailboxes and their rules
	CompleteUpTo string            `json:"completeUpTo"`
	Mailboxes    []MailboxCard     `json:"mailboxes"`
	Mails        []QuarantinedMail `json:"mails"` // in quarantine or on their way out of it, oldest first, then those settled lately
}

// MailboxCard is how a mailbox does.
type MailboxCard struct {
	ID          string  `json:"id"`
	Address     string  `json:"address"`
	Folder      string  `json:"folder"`
	Server      string  `json:"server"`
	SignIn      string  `json:"signIn"` // "password", or the name of a provider
	Stored      bool    `json:"stored"` // it was connected from a window and can be changed in one
	State       string  `json:"state"`  // connecting, importing, watching, retrying, stopped or standby
	StateLabel  string  `json:"stateLabel"`
	Since       string  `json:"since"`
	Reason      string  `json:"reason"` // what the server said, empty: all is well
	WayOut      string  `json:"wayOut"`
	NeedsPerson bool    `json:"needsPerson"`
	LastPoll    string  `json:"lastPoll"`
	NextTry     string  `json:"nextTry"`
	Waiting     int     `json:"waiting"`
	Rate        float64 `json:"rate"`      // mails a second, while importing
	Remaining   int     `json:"remaining"` // seconds
	Today       int     `json:"today"`
	AsOf        string  `json:"asOf"` // the hub told this then
}

// QuarantinedMail is a mail nothing could be made of.
type QuarantinedMail struct {
	ID         string       `json:"id"`
	Mailbox    string       `json:"mailbox"` // its address
	From       Person       `json:"from"`
	Subject    string       `json:"subject"`
	Size       int          `json:"size"` // bytes at the mail server
	Part       string       `json:"part"` // whole, beginning or nothing is kept
	ReceivedAt string       `json:"receivedAt"`
	State      string       `json:"state"` // quarantined, retrying or settled
	StateLabel string       `json:"stateLabel"`
	Reason     string       `json:"reason"`
	Tries      int          `json:"tries"`
	Acts       []string     `json:"acts"` // that this person may do now: retry, ticket, dismiss
	By         Person       `json:"by"`   // who decided last, empty id: nobody
	Pending    bool         `json:"pending"`
	Ticket     Pointer      `json:"ticket"` // that it became, empty id: none
	Head       []HeaderLine `json:"head"`
	At         string       `json:"at"`
	Name       string       `json:"name"` // of the file it is saved as
	URL        string       `json:"url"`  // of its raw bytes; empty: there are none
}

// HeaderLine is a field of a mail's header.
type HeaderLine struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// QuarantineRequest decides about a quarantined mail.
type QuarantineRequest struct {
	ID  string `json:"id"`
	Act string `json:"act"` // retry, ticket or dismiss
}

// RenewRequest gives a mailbox another password.
type RenewRequest struct {
	ID       string `json:"id"`
	Password string `json:"password"`
}
