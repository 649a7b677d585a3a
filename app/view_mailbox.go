package app

// MailboxesView is what a lead sees of the mailboxes and of quarantine.
type MailboxesView struct {
	Seen         bool              `json:"seen"`         // this person may see any of it
	MayDecide    bool              `json:"mayDecide"`    // about quarantined mails
	MayConfigure bool              `json:"mayConfigure"` // mailboxes and their rules
	Closed       string            `json:"closed"`       // why no mailbox can be connected here; empty: one can
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
	Sends       bool    `json:"sends"`  // it is the mail server that answers leave by
	State       string  `json:"state"`  // connecting, importing, watching, retrying, stopped, paused or standby
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
	AsOf        string  `json:"asOf"`     // the hub told this then
	Most        string  `json:"most"`     // mails that may leave by it, empty: there is no bound
	WaitsFor    string  `json:"waitsFor"` // what answers wait for that it would take: rate or rest; empty: none does
	Holds       string  `json:"holds"`    // that as a sentence
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

// MailboxForm is how a mailbox is reached, as a person fills it in. It holds no
// secret.
type MailboxForm struct {
	ID       string `json:"id"` // of the mailbox that is changed; empty: a new one
	Address  string `json:"address"`
	Name     string `json:"name"` // beside it in answers
	Known    bool   `json:"known"`
	ImapHost string `json:"imapHost"`
	ImapPort int    `json:"imapPort"`
	ImapTLS  string `json:"imapTls"` // implicit, starttls or plain
	ImapUser string `json:"imapUser"`
	Folder   string `json:"folder"`
	Sent     string `json:"sent"` // folder with copies of sent mails, empty: none
	KeepSent bool   `json:"keepSent"`

	Sends       bool   `json:"sends"` // answers leave by it
	SMTPHost    string `json:"smtpHost"`
	SMTPPort    int    `json:"smtpPort"`
	SMTPTLS     string `json:"smtpTls"`
	SMTPUser    string `json:"smtpUser"`
	Acknowledge bool   `json:"acknowledge"`
	Most        string `json:"most"` // mails that may leave in a minute, as it was written; empty: no bound

	SignIn   string `json:"signIn"` // password, microsoft, google or other
	Tenant   string `json:"tenant"`
	ClientID string `json:"clientId"`
	AuthURL  string `json:"authUrl"`
	TokenURL string `json:"tokenUrl"`
	Scopes   string `json:"scopes"` // between spaces
}

// GuessRequest asks for the servers of an address.
type GuessRequest struct {
	Address string `json:"address"`
	SignIn  string `json:"signIn"` // the provider a person chose; empty: what the address says
}

// ConnectRequest connects a mailbox, or changes one. What signs in is kept nowhere
// on this device; empty leaves what stands.
type ConnectRequest struct {
	Form         MailboxForm `json:"form"`
	Password     string      `json:"password"`
	SMTPPassword string      `json:"smtpPassword"` // empty: the same
	ClientSecret string      `json:"clientSecret"`
}

// PauseRequest rests the reading of a mailbox, or of a server for answers the sending,
// or has it go on.
type PauseRequest struct {
	ID     string `json:"id"`
	Paused bool   `json:"paused"`
}

// AskRequest has a person asked at the provider of a mailbox.
type AskRequest struct {
	Form         MailboxForm `json:"form"`
	ClientSecret string      `json:"clientSecret"`
	Device       bool        `json:"device"` // by a code, where no browser is on this machine
}

// AskView is how far the question has come.
type AskView struct {
	State   string `json:"state"` // empty: nothing was asked; asking, allowed or failed
	URL     string `json:"url"`   // where the person is asked
	Code    string `json:"code"`  // to be typed there, empty: none
	Until   string `json:"until"` // how long the code is good
	Problem string `json:"problem"`
}
