package store

import (
	"context"
	"maps"
	"slices"
	"sync"

	"holdall/desk"
)

// outboxIndex is the outbox by what its mutations are about, so that a question about
// one ticket costs what that ticket has pending, however long the outbox is. It
// is derived: read when it is first asked, moved with every commit, and read anew
// after one of which nobody knows whether it took place.
type outboxIndex struct {
	mu      sync.Mutex
	entries map[int64]*subject // nil: to be read
	tickets MidLists[desk.TicketID]
	names   MidLists[desk.Name]
	waits   map[desk.TicketID]int // of these, those the hub has not taken
	unsent  int
}

// subject is what a mutation is about, and whether the hub has taken it.
type subject struct {
	on    desk.TicketID
	trees []desk.TicketID
	name  desk.Name
	taken bool
}

// add takes in a mutation, or another one in its place; mids in any order.
func (a *outboxIndex) add(m desk.Mutation, taken bool) {
	a.forget(m.Mid)
	s := &subject{on: m.Ticket, trees: m.Trees(), name: m.Name, taken: taken}
	a.entries[m.Mid] = s
	for _, t := range s.trees {
		a.tickets.Add(t, m.Mid)
	}
	a.names.Add(m.Name, m.Mid)
	if !taken {
		a.count(s, 1)
	}
}

func (a *outboxIndex) count(s *subject, by int) {
	a.unsent += by
	for _, t := range s.trees {
		if a.waits[t] += by; a.waits[t] == 0 {
			delete(a.waits, t)
		}
	}
}

// take notes that the hub has answered.
func (a *outboxIndex) take(mid int64) {
	if s := a.entries[mid]; s != nil && !s.taken {
		s.taken = true
		a.count(s, -1)
	}
}

// forget drops a mutation that is done.
func (a *outboxIndex) forget(mid int64) {
	s := a.entries[mid]
	if s == nil {
		return
	}
	a.take(mid)
	for _, t := range s.trees {
		a.tickets.Remove(t, mid)
	}
	a.names.Remove(s.name, mid)
	delete(a.entries, mid)
}

// move lets the index follow a commit; after an error nobody knows.
func (r *Replica) move(err error, to func(*outboxIndex)) {
	r.index.mu.Lock()
	defer r.index.mu.Unlock()
	switch {
	case err != nil:
		r.index.entries = nil
	case r.index.entries != nil:
		to(&r.index)
	}
}

// about asks the index, and reads it first where it does not stand.
func (r *Replica) about(ctx context.Context, ask func(*outboxIndex)) error {
	a := &r.index
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.entries == nil {
		list, err := r.Pending(ctx)
		if err != nil {
			return err
		}
		a.entries, a.tickets, a.names = map[int64]*subject{}, MidLists[desk.TicketID]{}, MidLists[desk.Name]{}
		a.waits, a.unsent = map[desk.TicketID]int{}, 0
		for _, e := range list {
			a.add(e.Mutation, e.State == Acked)
		}
	}
	ask(a)
	return nil
}

// Unsent counts the mutations the hub has not taken.
func (r *Replica) Unsent(ctx context.Context) (n int, err error) {
	err = r.about(ctx, func(a *outboxIndex) { n = a.unsent })
	return n, err
}

// UnsentOn counts those of a ticket.
func (r *Replica) UnsentOn(ctx context.Context, ticket desk.TicketID) (n int, err error) {
	err = r.about(ctx, func(a *outboxIndex) { n = a.waits[ticket] })
	return n, err
}

// UnsentTickets lists the tickets that mutations the hub has not taken were made
// on, in the order of the first of each.
func (r *Replica) UnsentTickets(ctx context.Context) (list []desk.TicketID, err error) {
	err = r.about(ctx, func(a *outboxIndex) {
		first := map[desk.TicketID]int64{}
		for mid, s := range a.entries {
			if at, has := first[s.on]; s.on != "" && !s.taken && (!has || mid < at) {
				first[s.on] = mid
			}
		}
		list = slices.SortedFunc(maps.Keys(first), func(a, b desk.TicketID) int { return int(first[a] - first[b]) })
	})
	return list, err
}

// PendingOn is Pending for the mutations that touch a ticket.
func (r *Replica) PendingOn(ctx context.Context, ticket desk.TicketID) ([]OutboxEntry, error) {
	return r.pendingOf(ctx, func(a *outboxIndex) []int64 { return a.tickets[ticket] })
}

// PendingNamed is Pending for the mutations of one act.
func (r *Replica) PendingNamed(ctx context.Context, name desk.Name) ([]OutboxEntry, error) {
	return r.pendingOf(ctx, func(a *outboxIndex) []int64 { return a.names[name] })
}

// pendingOf reads chosen mutations as they stand; one that was forgotten
// meanwhile is left out.
func (r *Replica) pendingOf(ctx context.Context, choose func(*outboxIndex) []int64) (list []OutboxEntry, err error) {
	var mids []int64
	if err := r.about(ctx, func(a *outboxIndex) { mids = slices.Clone(choose(a)) }); err != nil || len(mids) == 0 {
		return nil, err
	}
	err = r.outbox.view(ctx, func(t *txn) error {
		for chunk := range slices.Chunk(mids, 200) {
			some, err := collect(t, pendingRows+" AND mid IN ("+marks(len(chunk))+") ORDER BY mid", anys(chunk), readPending)
			if err != nil {
				return err
			}
			list = append(list, some...)
		}
		return nil
	})
	return list, err
}
