package replica

import (
	"maps"
	"time"

	"holdall/desk"
	"holdall/sync/protocol"
)

// renewEvery is how often this device says where it is (SPEC P36).
const renewEvery = 15 * time.Second

// Attending says where the person at this device is; without a ticket nowhere.
type Attending struct{ protocol.Presence }

func (Attending) event() {}

// Company says who else is at which ticket, as far as the hub told. What is not
// known is left out.
type Company struct {
	All    map[desk.TicketID][]protocol.Present // not to be changed
	Ticket desk.TicketID                        // where it changed; none: everywhere
}

func (Company) effect() {}

// attend notes where the person is, and tells it if that is new.
func (e *Engine) attend(now time.Time, p protocol.Presence) {
	if e.here == p {
		return
	}
	e.here = p
	e.tellPresence(now)
}

func (e *Engine) tellPresence(now time.Time) {
	if e.phase == live && e.sociable {
		e.hereAt = now
		e.send(now, e.here)
	}
}

// renew says again where the person is, before it is forgotten.
func (e *Engine) renew(now time.Time) {
	if e.here.Ticket != "" && now.Sub(e.hereAt) >= renewEvery {
		e.tellPresence(now)
	}
}

// meet takes in who else is at a ticket.
func (e *Engine) meet(m protocol.PresenceSet) {
	all := maps.Clone(e.company)
	if all == nil {
		all = map[desk.TicketID][]protocol.Present{}
	}
	delete(all, m.Ticket)
	if len(m.People) > 0 {
		all[m.Ticket] = m.People
	}
	e.company = all
	e.do(Company{all, m.Ticket})
}

// alone forgets everybody: without a connection nobody can be told of.
func (e *Engine) alone() {
	if len(e.company) > 0 {
		e.company = nil
		e.do(Company{})
	}
}
