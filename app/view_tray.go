package app

// Clash is one field with two truths (SPEC: a value replaces another only if
// its author saw the other).
type Clash struct {
	ID       string `json:"id"`
	Field    string `json:"field"`
	Label    string `json:"label"`
	Base     string `json:"base"` // shown values: names, not ids
	Server   string `json:"server"`
	Mine     string `json:"mine"`
	BaseRaw  string `json:"baseRaw"`
	SrvRaw   string `json:"serverRaw"`
	MineRaw  string `json:"mineRaw"`
	ServerBy Person `json:"serverBy"`
	ServerAt string `json:"serverAt"`
	MineBy   Person `json:"mineBy"`
	MineAt   string `json:"mineAt"`
	Parts    []Part `json:"parts"`   // of a long text: both versions beside each other
	Won      bool   `json:"won"`     // what stands was measured on site; mine is what it found there
	Suggest  string `json:"suggest"` // mine, server or empty
	Reason   string `json:"reason"`
	Pending  bool   `json:"pending"` // a choice is made and waits to be sent
}

// Part is a run of lines of a long text in its two versions.
type Part struct {
	Server string `json:"server"`
	Mine   string `json:"mine"`
	Side   string `json:"side"` // who changed it: none, server, mine or both; only both is a clash
}

// ClashGroup is the conflicts of one ticket.
type ClashGroup struct {
	Row      TicketRow `json:"row"`
	Fields   []Clash   `json:"fields"`
	Merged   []string  `json:"merged"` // what merged by itself, as sentences
	Headline string    `json:"headline"`
}

// Step is something that happened on a ticket after a held reply was written.
type Step struct {
	At     string `json:"at"`
	Author Person `json:"author"`
	Text   string `json:"text"`
}

// HeldReply is a reply the stale-reply guard stopped.
type HeldReply struct {
	MessageID string    `json:"messageId"`
	Row       TicketRow `json:"row"`
	Text      string    `json:"text"`
	To        string    `json:"to"`
	WrittenAt string    `json:"writtenAt"`
	Since     []Step    `json:"since"`
}

// Refusal is a change the hub refused, with its reason and the full text.
type Refusal struct {
	ID       string `json:"id"`
	Sentence string `json:"sentence"`
	Code     string `json:"code"`
	Reason   string `json:"reason"`
	Text     string `json:"text"`
	At       string `json:"at"`
}

// RefusalGroup is what was refused for one reason: a ticket with everything that
// was written on it, or one change alone.
type RefusalGroup struct {
	Key      string    `json:"key"`
	Row      TicketRow `json:"row"`
	Refusals []Refusal `json:"refusals"`
	Into     Pointer   `json:"into"`  // where the ticket goes on, if it was merged
	Again    bool      `json:"again"` // it can be opened with a new number
	Retry    bool      `json:"retry"` // it can be done again as it was
}

// TrayView is everything that waits for a person's choice.
type TrayView struct {
	Clashes  []ClashGroup   `json:"clashes"`
	Held     []HeldReply    `json:"held"`
	Refusals []RefusalGroup `json:"refusals"`
}
