package app

import (
	"slices"

	"holdall/desk"
)

// Keep keeps a ticket on this person's devices when it goes to the archive, or
// lets it go.
func (t *Ticket) Keep(r KeepRequest) error {
	return t.app.change(r.TicketID, desk.TicketPin, func(desk.Ticket) (any, map[desk.Field]string, error) {
		return desk.PinTicket{Keep: r.Keep}, nil, nil
	})
}

// kept reports whether this person has pinned the ticket.
func (l *lens) kept(t desk.Ticket) bool { return slices.Contains(t.Pinned, l.actor.Person) }
