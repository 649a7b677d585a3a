package app

// ChecklistItem is a line of a ticket's checklist. Its words are patched as the
// field "checklist." followed by the id.
type ChecklistItem struct {
	ID      string `json:"id"`
	Text    string `json:"text"`
	Done    bool   `json:"done"`
	By      Person `json:"by"`      // who ticked it
	Pending bool   `json:"pending"` // only this device has it so
}

// TimeLine is an entry of the time log.
type TimeLine struct {
	ID      string `json:"id"`
	Person  Person `json:"person"`
	Minutes int    `json:"minutes"` // minus: mends an earlier entry
	Note    string `json:"note"`
	At      string `json:"at"` // done-time
	Pending bool   `json:"pending"`
}

// Pointer leads to another ticket; an empty id leads nowhere.
type Pointer struct {
	ID     string `json:"id"`
	Number string `json:"number"` // empty where this device does not know it
	Title  string `json:"title"`
}

// CheckRequest changes the checklist: words to add, or an item's id.
type CheckRequest struct {
	TicketID string `json:"ticketId"`
	Add      string `json:"add"`
	Tick     string `json:"tick"`
	Untick   string `json:"untick"`
	Remove   string `json:"remove"`
}

// RetryRequest names a reply that is to be sent now.
type RetryRequest struct {
	TicketID  string `json:"ticketId"`
	MessageID string `json:"messageId"`
}

// LogRequest adds to the time log.
type LogRequest struct {
	TicketID string `json:"ticketId"`
	Minutes  int    `json:"minutes"`
	Note     string `json:"note"`
}

// MergeRequest merges a duplicate into the ticket with a number.
type MergeRequest struct {
	TicketID string `json:"ticketId"`
	Number   string `json:"number"`
}
