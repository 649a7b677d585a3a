package desk

import (
	"cmp"
	"slices"
	"time"
)

// Turn is the place of a message, an event or a line of the time log in its
// ticket: the revision of the ticket with which the hub took it. What was taken
// by a program that counted no turns has none and goes first.
type Turn int64

// next is the turn of what is being taken, until the ticket is touched.
func (t Ticket) next() Turn { return Turn(t.Rev + 1) }

// Taken is where something stands in its ticket: as the hub took it. No clock
// orders what has a turn (SPEC R12): two hubs have two, and one may be set back.
// The times tell apart what has none, and what was moved there.
type Taken struct {
	Turn         Turn
	SyncedAt, At time.Time
}

// Compare tells which of two stands above the other.
func (a Taken) Compare(b Taken) int {
	return cmp.Or(cmp.Compare(a.Turn, b.Turn), a.SyncedAt.Compare(b.SyncedAt), a.At.Compare(b.At))
}

// Taken is where the message stands in its ticket.
func (m Message) Taken() Taken { return Taken{m.Turn, m.SyncedAt, m.At} }

// Taken is where the event stands in its ticket.
func (e Event) Taken() Taken { return Taken{e.Turn, e.SyncedAt, e.At} }

// Taken is where the line stands in its ticket.
func (e TimeEntry) Taken() Taken { return Taken{e.Turn, e.SyncedAt, e.At} }

// InThread is the order of a conversation.
func InThread(a, b Message) int {
	return cmp.Or(a.Taken().Compare(b.Taken()), cmp.Compare(a.ID, b.ID))
}

// Before lists what stands in a conversation above a message that leaves, and what
// its writer had seen when he let it go: a reply that was held stands where it was
// written (SPEC P83).
func Before(thread []Message, m Message) (before []Message) {
	until := m.Taken()
	for _, seen := range thread {
		if seen.ID == m.Seen && seen.Taken().Compare(until) > 0 {
			until = seen.Taken()
		}
	}
	for _, other := range thread {
		if other.ID != m.ID && other.Taken().Compare(until) <= 0 {
			before = append(before, other)
		}
	}
	return before
}

// InHistory is the order of a ticket's history; the events of one mutation stand
// as it made them.
func InHistory(a, b Event) int {
	return cmp.Or(a.Taken().Compare(b.Taken()), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
}

// InTimeLog is the order of a ticket's time log.
func InTimeLog(a, b TimeEntry) int {
	return cmp.Or(a.Taken().Compare(b.Taken()), cmp.Compare(a.ID, b.ID))
}

// Follows reports whether an event stands below a message. What a message brings
// about follows it; the opening of its ticket does not. A message that came from
// another ticket has no turn among the events here, but stands where the hub was
// when it took it.
func (e Event) Follows(m Message) bool {
	switch {
	case e.Kind == EventCreated:
		return false
	case e.Turn == 0 || m.Turn == 0 || m.wandered():
		return !e.SyncedAt.Before(m.SyncedAt)
	}
	return e.Turn >= m.Turn
}

// wandered reports whether the message came from another ticket.
func (m Message) wandered() bool { return m.Placing != nil && m.Placing.From != "" }

// turnIn is the turn of a message that comes from another ticket: that of the
// last one here which the hub had taken before it.
func turnIn(thread []Message, m Message) Turn {
	for _, before := range slices.Backward(thread) {
		if !before.SyncedAt.After(m.SyncedAt) {
			return before.Turn
		}
	}
	return 0
}
