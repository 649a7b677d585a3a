package desk

// Workspace is the configuration every device holds: there is one per hub.
type Workspace struct {
	ID           string        `json:"id"` // part of every signed Message-ID
	Name         string        `json:"name"`
	Matrix       Matrix        `json:"matrix"`
	Categories   []string      `json:"categories,omitempty"`
	Addresses    []string      `json:"addresses,omitempty"`     // the desk's own mail addresses, as its mailroom has them
	ReopenDays   int           `json:"reopen_days"`             // a reply to a Closed ticket reopens it within so many days
	ArchiveDays  int           `json:"archive_days,omitempty"`  // after its end a ticket stays on the desks for so many days; 0: for ever
	AnswerMiB    int           `json:"answer_mib,omitempty"`    // that the files of an answer may take; 0: AnswerMost
	MailboxRules []MailboxRule `json:"mailbox_rules,omitempty"` // what mails become that belong to no ticket yet
	Rev          int64         `json:"rev"`
	surplus
}

// NewWorkspace is a workspace with the stock settings.
func NewWorkspace(id, name string) Workspace {
	return Workspace{ID: id, Name: name, Matrix: StockMatrix(), ReopenDays: 14, ArchiveDays: 90}
}

// Key names the only workspace record.
func (w Workspace) Key() Key { return Key{KindWorkspace, "workspace"} }
