package app

// ArchiveList is what of the archive can be had on this device.
type ArchiveList struct {
	Months     []ArchiveMonth `json:"months"`
	Problem    string         `json:"problem"` // why the hub could not say which there are
	Days       int            `json:"days"`    // after its end a ticket stays on the desks; 0: for ever
	MaySetDays bool           `json:"maySetDays"`
}

// ArchiveMonth holds the tickets of a queue that ended in a month and are on no
// desk any more.
type ArchiveMonth struct {
	Bucket  string `json:"bucket"`
	Queue   string `json:"queue"`
	Month   string `json:"month"`   // 2026-11
	Tickets int    `json:"tickets"` // -1: the hub did not say
	Wanted  bool   `json:"wanted"`
	Here    bool   `json:"here"` // complete on this device
}

// WantRequest loads a month of the archive, or takes it off this device.
type WantRequest struct {
	Bucket string `json:"bucket"`
	Wanted bool   `json:"wanted"`
}

// FetchRequest brings a ticket from the hub by its number.
type FetchRequest struct {
	Number string `json:"number"`
}

// DaysRequest says for how many days after its end a ticket stays on the desks.
type DaysRequest struct {
	Days int `json:"days"`
}
