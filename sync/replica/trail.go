package replica

import (
	"slices"

	"holdall/desk"
	"holdall/store"
)

// trail is what a mutation read and wrote when it was last run. A record of a
// ticket's tree counts as the ticket too, for what is read of a tree may be any
// of it.
type trail struct {
	reads, writes []desk.Key
	saw           []sight
	puts          []spot
}

// sight is a record as a mutation found it: the sum of its bytes, 0 where there
// was none.
type sight struct {
	key desk.Key
	sum uint64
}

// spot is a record that a mutation put, and where it stands (see homeOf).
type spot struct{ key, home desk.Key }

// Lists of a tree are read as if each were a record.
const (
	kindThread    desk.Kind = "thread"
	kindConflicts desk.Kind = "conflicts"
)

// listOf is the list in which a record of a tree is read together with others;
// false if it is in none.
func listOf(key, home desk.Key) (list desk.Key, ok bool) {
	switch key.Kind {
	case desk.KindMessage:
		return desk.Key{Kind: kindThread, ID: home.ID}, true
	case desk.KindConflict:
		return desk.Key{Kind: kindConflicts, ID: home.ID}, true
	}
	return desk.Key{}, false
}

func (t trail) equal(o trail) bool {
	return slices.Equal(t.reads, o.reads) && slices.Equal(t.writes, o.writes)
}

// found is the sum of a record as the mutation found it; false if it did not look.
func (t trail) found(key desk.Key) (sum uint64, looked bool) {
	for _, s := range t.saw {
		if s.key == key {
			return s.sum, true
		}
	}
	return 0, false
}

// put reports whether the mutation put the record.
func (t trail) put(key desk.Key) bool {
	return slices.ContainsFunc(t.puts, func(s spot) bool { return s.key == key })
}

// tracer is a view that notes what is asked of it.
type tracer struct {
	*store.ReplicaTx
	trail   trail
	recalls bool          // what was shown before is kept,
	before  []store.Image // here
}

// Get reads an entity.
func (v *tracer) Get(key desk.Key) (desk.Entity, error) {
	if err := v.sees(key); err != nil {
		return nil, err
	}
	e, err := v.ReplicaTx.Get(key)
	if err == nil {
		v.reads(homeOf(key, desk.TreeOf(e)))
	}
	return e, err
}

// OpenConflicts lists the open conflicts of a ticket.
func (v *tracer) OpenConflicts(ticket desk.TicketID) ([]desk.Conflict, error) {
	v.reads(desk.Ticket{ID: ticket}.Key())
	v.reads(desk.Key{Kind: kindConflicts, ID: string(ticket)})
	return v.ReplicaTx.OpenConflicts(ticket)
}

// Thread lists the messages of a ticket.
func (v *tracer) Thread(ticket desk.TicketID) ([]desk.Message, error) {
	v.reads(desk.Ticket{ID: ticket}.Key())
	v.reads(desk.Key{Kind: kindThread, ID: string(ticket)})
	return v.ReplicaTx.Thread(ticket)
}

func (v *tracer) reads(key desk.Key) { v.trail.reads = with(v.trail.reads, key) }

// sees notes a record as it is found; what the mutation itself has put it found
// before.
func (v *tracer) sees(key desk.Key) error {
	v.reads(key)
	if _, looked := v.trail.found(key); looked {
		return nil
	}
	sum, err := v.Sum(key)
	v.trail.saw = append(v.trail.saw, sight{key, sum})
	return err
}

func (v *tracer) writes(e desk.Entity) error {
	home := homeOf(e.Key(), desk.TreeOf(e))
	v.trail.writes = with(v.trail.writes, e.Key())
	v.trail.writes = with(v.trail.writes, home)
	if !v.trail.put(e.Key()) {
		v.trail.puts = append(v.trail.puts, spot{e.Key(), home})
	}
	if !v.recalls {
		return nil
	}
	image, err := v.Image(e.Key())
	v.before = append(v.before, image)
	return err
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
