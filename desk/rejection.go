package desk

import (
	"encoding/json"
	"time"
)

// Rejection is a mutation the hub refused, with its reason and everything that
// was written, in the bucket of the person who wrote it: no refusal loses a word.
type Rejection struct {
	ID        string          `json:"id"`
	Person    PersonID        `json:"person"`
	Device    DeviceID        `json:"device"`
	Mid       int64           `json:"mid"`
	Name      Name            `json:"name"`
	Ticket    TicketID        `json:"ticket,omitempty"`
	Args      json.RawMessage `json:"args"`
	Code      Code            `json:"code"`
	Message   string          `json:"message"`
	Dismissed bool            `json:"dismissed,omitempty"`
	At        time.Time       `json:"at"`
	Rev       int64           `json:"rev"`
}

// Key names the record of the rejection.
func (r Rejection) Key() Key { return Key{KindRejection, r.ID} }

// NewRejection keeps a refused mutation for its author.
func NewRejection(m Mutation, actor Principal, refusal error, now time.Time) Rejection {
	return Rejection{
		ID: m.localID(0), Person: actor.Person, Device: actor.Device, Mid: m.Mid, Name: m.Name,
		Ticket: m.Ticket, Args: m.Args, Code: CodeOf(refusal), Message: refusal.Error(),
		At: now.UTC(), Rev: 1,
	}
}
