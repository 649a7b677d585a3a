package protocol

import "holdall/desk"

// Cursor is how far a device has come in a bucket.
type Cursor struct {
	Epoch int64 `json:"epoch"`
	Seq   int64 `json:"seq"`
	Floor int64 `json:"floor,omitempty"` // it is being filled: the records above this one are there (SPEC P24)
}

// Hello opens the conversation (SPEC P3).
type Hello struct {
	Protocol int                       `json:"protocol"`         // newest it speaks
	Oldest   int                       `json:"oldest,omitempty"` // oldest it speaks; 0: no other than Protocol
	Schema   int                       `json:"schema,omitempty"` // newest shape of records it can keep; 0: the first
	Caps     []Cap                     `json:"caps,omitempty"`
	App      string                    `json:"app"`
	Epoch    string                    `json:"epoch,omitempty"` // the hub's epoch last seen
	Cursors  map[desk.BucketID]Cursor  `json:"cursors,omitempty"`
	Wanted   []desk.BucketID           `json:"wanted,omitempty"` // archives, as in WANT (SPEC P28)
	NextMid  int64                     `json:"next_mid"`
	Acked    int64                     `json:"acked,omitempty"`  // newest mid the hub acknowledged
	Leases   []desk.Lease              `json:"leases,omitempty"` // blocks of numbers it was granted, newest first
	Left     map[desk.TicketKind]int64 `json:"left,omitempty"`   // unused leased numbers
}

// Type names the message.
func (Hello) Type() string { return "HELLO" }
