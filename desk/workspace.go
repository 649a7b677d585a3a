package desk

// Workspace is the configuration every device holds: there is one per hub.
type Workspace struct {
	ID         string   `json:"id"` // part of every signed Message-ID
	Name       string   `json:"name"`
	Matrix     Matrix   `json:"matrix"`
	Categories []string `json:"categories,omitempty"`
	ReopenDays int      `json:"reopen_days"` // a reply to a Closed ticket reopens it within so many days
	Rev        int64    `json:"rev"`
}

// NewWorkspace is a workspace with the stock settings.
func NewWorkspace(id, name string) Workspace {
	return Workspace{ID: id, Name: name, Matrix: StockMatrix(), ReopenDays: 14}
}

// Key names the only workspace record.
func (w Workspace) Key() Key { return Key{KindWorkspace, "workspace"} }
