package replica

import (
	"slices"

	"holdall/desk"
	"holdall/store"
)

// trail is what a mutation read and wrote when it was last run. A record of a
// ticket's tree counts as the ticket too, for what is read of a tree may be any
// of it.
type trail struct{ reads, writes []desk.Key }

func (t trail) equal(o trail) bool {
	return slices.Equal(t.reads, o.reads) && slices.Equal(t.writes, o.writes)
}

// tracer is a view that notes what is asked of it.
type tracer struct {
	*store.ReplicaTx
	trail trail
}

// Get reads an entity.
func (v *tracer) Get(key desk.Key) (desk.Entity, error) {
	e, err := v.ReplicaTx.Get(key)
	v.reads(key)
	if err == nil {
		v.reads(homeOf(key, desk.TreeOf(e)))
	}
	return e, err
}

// OpenConflicts lists the open conflicts of a ticket.
func (v *tracer) OpenConflicts(ticket desk.TicketID) ([]desk.Conflict, error) {
	v.reads(desk.Ticket{ID: ticket}.Key())
	return v.ReplicaTx.OpenConflicts(ticket)
}

// Thread lists the messages of a ticket.
func (v *tracer) Thread(ticket desk.TicketID) ([]desk.Message, error) {
	v.reads(desk.Ticket{ID: ticket}.Key())
	return v.ReplicaTx.Thread(ticket)
}

func (v *tracer) reads(key desk.Key) { v.trail.reads = with(v.trail.reads, key) }

func (v *tracer) writes(e desk.Entity) {
	v.trail.writes = with(v.trail.writes, e.Key())
	v.trail.writes = with(v.trail.writes, homeOf(e.Key(), desk.TreeOf(e)))
}

// homeOf is the ticket in whose tree a record stands; outside trees the record
// itself.
func homeOf(key desk.Key, tree desk.TicketID) desk.Key {
	if tree == "" {
		return key
	}
	return desk.Ticket{ID: tree}.Key()
}

func with(keys []desk.Key, key desk.Key) []desk.Key {
	if slices.Contains(keys, key) {
		return keys
	}
	return append(keys, key)
}
