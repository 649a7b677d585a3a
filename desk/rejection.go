package desk

import (
	"encoding/json"
	"errors"
	"time"
)

// Rejection is a mutation the hub refused, with its reason and everything that
// was written, in the bucket of the person who wrote it: no refusal loses a word.
type Rejection struct {
	ID        string           `json:"id"`
	Person    PersonID         `json:"person"`
	Device    DeviceID         `json:"device"`
	Mid       int64            `json:"mid"`
	Name      Name             `json:"name"`
	Version   int              `json:"v,omitempty"` // of the arguments; 0: kept before there was a second one
	Ticket    TicketID         `json:"ticket,omitempty"`
	Args      json.RawMessage  `json:"args"`
	Old       map[Field]string `json:"old,omitempty"` // the values its author saw
	Code      Code             `json:"code"`
	Message   string           `json:"message"`
	Field     Field            `json:"field,omitempty"`   // the field at fault, if one is
	Related   string           `json:"related,omitempty"` // what was refused for one reason has this in common
	Into      TicketID         `json:"into,omitempty"`    // the ticket in which the one it was meant for goes on
	Dismissed bool             `json:"dismissed,omitempty"`
	At        time.Time        `json:"at"`
	Rev       int64            `json:"rev"`
	surplus
}

// Key names the record of the rejection.
func (r Rejection) Key() Key { return Key{KindRejection, r.ID} }

// NewRejection keeps a refused mutation for its author. Where the ticket itself
// was refused, is gone, out of reach or merged, everything that was written on
// it meets the same refusal and is shown together (SPEC R18).
func NewRejection(m Mutation, actor Principal, refusal error, now time.Time) Rejection {
	r := Rejection{
		ID: m.localID(0), Person: actor.Person, Device: actor.Device, Mid: m.Mid, Name: m.Name, Version: m.Version,
		Ticket: m.Ticket, Args: m.Args, Old: m.Old, Code: CodeOf(refusal), Message: refusal.Error(),
		At: now.UTC(), Rev: 1,
	}
	var said *Error
	if errors.As(refusal, &said) {
		r.Field, r.Into = said.Field, said.Into
	}
	if m.Name == TicketCreate || r.Into != "" || r.Code == CodeGone || r.Code == CodePerm {
		r.Related = string(m.Ticket)
	}
	return r
}

// Mutation is what was refused, as it was sent: Lifted makes of it what can be
// read and tried again, whichever program wrote it (SPEC R2).
func (r Rejection) Mutation() Mutation {
	return Mutation{Device: r.Device, Mid: r.Mid, Name: r.Name, Version: max(r.Version, 1), Ticket: r.Ticket, Args: r.Args, Old: r.Old}
}
