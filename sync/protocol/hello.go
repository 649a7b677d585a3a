package protocol

import "holdall/desk"

// Cursor is how far a device has come in a bucket.
type Cursor struct {
	Epoch int64 `json:"epoch"`
	Seq   int64 `json:"seq"`
}

// Hello opens the conversation (SPEC P3).
type Hello struct {
	Protocol int                       `json:"protocol"`
	App      string                    `json:"app"`
	Epoch    string                    `json:"epoch,omitempty"` // the hub's epoch last seen
	Cursors  map[desk.BucketID]Cursor  `json:"cursors,omitempty"`
	NextMid  int64                     `json:"next_mid"`
	Left     map[desk.TicketKind]int64 `json:"left,omitempty"` // unused leased numbers
}

// Type names the message.
func (Hello) Type() string { return "HELLO" }
