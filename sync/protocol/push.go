package protocol

import "holdall/desk"

// Push carries mutations up, in the order of their mids (SPEC P6).
type Push struct {
	Mutations []desk.Mutation           `json:"mutations"`
	Left      map[desk.TicketKind]int64 `json:"left,omitempty"` // unused leased numbers
}

// Type names the message.
func (Push) Type() string { return "PUSH" }

// Ack says what became of mutations, after the durable commit (SPEC R5).
type Ack struct {
	Results []desk.Result `json:"results"`
	Leases  []desk.Lease  `json:"leases,omitempty"`
}

// Type names the message.
func (Ack) Type() string { return "ACK" }

// Gap asks for the mutations from a mid on (SPEC R3).
type Gap struct {
	Want int64 `json:"want"`
	// Other is the first mid that the device gave twice, for something else each
	// time: from it on all are wanted under other mids. 0: none is.
	Other int64 `json:"other,omitempty"`
}

// Type names the message.
func (Gap) Type() string { return "GAP" }
