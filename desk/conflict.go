package desk

import "time"

// ConflictState says whether a conflict still waits for a choice.
type ConflictState string

const (
	ConflictOpen    ConflictState = "open"
	ConflictSettled ConflictState = "settled"
)

// Choice decides a conflict.
type Choice string

const (
	ChooseServer  Choice = "server" // keep what stands at the hub
	ChooseMine    Choice = "mine"   // put the other value in its place
	ChooseEdit    Choice = "edit"   // a third value
	ChooseDismiss Choice = "dismiss"
)

// Conflict is one field with two truths: a value that was wished for by someone
// who had not seen the value that stands (SPEC R11). It is a replicated record,
// so both people see it on all their devices.
type Conflict struct {
	ID         ConflictID    `json:"id"`
	Ticket     TicketID      `json:"ticket"`
	Field      Field         `json:"field"`
	Base       string        `json:"base"`   // what both had seen
	Server     string        `json:"server"` // what stands
	Client     string        `json:"client"` // what was wished for
	ServerBy   PersonID      `json:"server_by,omitempty"`
	ServerAt   time.Time     `json:"server_at"`
	ClientBy   PersonID      `json:"client_by"`
	ClientAt   time.Time     `json:"client_at"`
	Device     DeviceID      `json:"device"`
	Mid        int64         `json:"mid"`
	Move       *MoveTicket   `json:"move,omitempty"`   // state only: the move that was wished for
	Reason     string        `json:"reason,omitempty"` // priority only
	Won        bool          `json:"won,omitempty"`    // what stands is the device's; Client is what it found there (SPEC R14)
	State      ConflictState `json:"state"`
	Choice     Choice        `json:"choice,omitempty"`
	ResolvedBy PersonID      `json:"resolved_by,omitempty"`
	Rev        int64         `json:"rev"`
	surplus
}

// Key names the record of the conflict.
func (c Conflict) Key() Key { return Key{KindConflict, string(c.ID)} }
