package protocol

import "holdall/desk"

// Doing is what a person does with a ticket.
type Doing string

const (
	Viewing  Doing = "viewing"
	Editing  Doing = "editing"
	Replying Doing = "replying"
)

// weight orders what is told of a person who does several things at once; 0 is
// nothing that is known here.
func (d Doing) weight() int {
	return map[Doing]int{Viewing: 1, Editing: 2, Replying: 3}[d]
}

// Known reports whether it is something this program knows.
func (d Doing) Known() bool { return d.weight() > 0 }

// Above reports whether it says more than another.
func (d Doing) Above(other Doing) bool { return d.weight() > other.weight() }

// Presence says where a device is; without a ticket it is nowhere (SPEC P36). It
// is renewed, and forgotten where it is not.
type Presence struct {
	Ticket desk.TicketID `json:"ticket,omitempty"`
	Doing  Doing         `json:"doing,omitempty"`
}

// Type names the message.
func (Presence) Type() string { return "PRESENCE" }

// Present is somebody at a ticket.
type Present struct {
	Person desk.PersonID `json:"person"`
	Doing  Doing         `json:"doing"`
}

// PresenceSet says who else is at a ticket, all of them.
type PresenceSet struct {
	Ticket desk.TicketID `json:"ticket"`
	People []Present     `json:"people,omitempty"`
}

// Type names the message.
func (PresenceSet) Type() string { return "PRESENCE_SET" }
