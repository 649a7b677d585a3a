package protocol

import "holdall/desk"

// Archive is a month of a team's ended tickets, or of triage's, as the hub tells
// of it to who may load it with WANT (SPEC P28, P37).
type Archive struct {
	Bucket  desk.BucketID `json:"bucket"`
	Tickets int64         `json:"tickets"`
}

// Found is a ticket that the hub was asked for by its number (SPEC P37).
type Found struct {
	Ticket   desk.TicketID `json:"ticket"`
	Number   desk.Number   `json:"number"`
	Title    string        `json:"title"`
	State    desk.State    `json:"state"`
	Archived desk.Month    `json:"archived,omitempty"` // empty: it is on the desks
}
