package replica

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"holdall/desk"
	"holdall/store"
)

// pending is the outbox as far as a rebase needs it: what each mutation on its
// way read and wrote, so that only those are run again that may come out
// otherwise (SPEC R9). It is derived from the outbox and the view, and read anew
// whenever one of them could not be written.
type pending struct {
	entries map[int64]*entry
	tickets store.MidLists[desk.TicketID]
	acked   map[desk.TicketID]int // of each ticket that has any
	readers store.MidLists[desk.Key]
	writers store.MidLists[desk.Key]
	newest  *newest // nil: it cannot be taken back alone
}

// newest is what was shown before the newest mutation, as long as nothing else
// has happened.
type newest struct {
	mid    int64
	before []store.Image
}

type entry struct {
	tickets []desk.TicketID
	acked   bool
	vector  map[desk.BucketID]int64
	trail   trail
}

// outbox is what is pending; fresh if it was read just now, and nobody knows what
// each mutation reads and writes.
func (e *Engine) outbox(ctx context.Context) (p *pending, fresh bool, err error) {
	if e.pending != nil {
		return e.pending, false, nil
	}
	list, err := e.store.Pending(ctx)
	if err != nil {
		return nil, false, err
	}
	p = &pending{
		entries: map[int64]*entry{}, tickets: store.MidLists[desk.TicketID]{}, acked: map[desk.TicketID]int{},
		readers: store.MidLists[desk.Key]{}, writers: store.MidLists[desk.Key]{},
	}
	for _, o := range list {
		p.add(o.Mutation, trail{})
		if o.State == store.Acked {
			p.ack(desk.Result{Mid: o.Mutation.Mid, Vector: o.Vector})
		}
	}
	return p, true, nil
}

// add takes in a mutation, or another one in its place.
func (p *pending) add(m desk.Mutation, t trail) {
	if p == nil { // it will be read
		return
	}
	if p.entries[m.Mid] == nil {
		p.entries[m.Mid] = &entry{tickets: m.Trees()}
		for _, t := range m.Trees() {
			p.tickets.Add(t, m.Mid)
		}
	}
	p.retrace(m.Mid, t)
}

// recall keeps what was shown before the newest mutation.
func (p *pending) recall(mid int64, before []store.Image) {
	if p != nil {
		p.newest = &newest{mid, before}
	}
}

// ack notes the hub's answers and lists the tickets of those that were waited for.
func (p *pending) ack(results ...desk.Result) (tickets []desk.TicketID) {
	if p == nil { // it will be read
		return nil
	}
	for _, r := range results {
		e := p.entries[r.Mid]
		if e == nil {
			continue
		}
		for _, t := range e.tickets {
			if !e.acked {
				p.acked[t]++
			}
		}
		e.vector, e.acked = r.Vector, true
		tickets = append(tickets, e.tickets...)
	}
	return tickets
}

// retrace notes what a mutation read and wrote this time.
func (p *pending) retrace(mid int64, t trail) {
	e := p.entries[mid]
	if e.trail.equal(t) {
		e.trail = t // what it found may be another
		return
	}
	p.untrace(mid)
	e.trail = t
	for _, k := range t.reads {
		p.readers.Add(k, mid)
	}
	for _, k := range t.writes {
		p.writers.Add(k, mid)
	}
}

func (p *pending) untrace(mid int64) {
	for _, k := range p.entries[mid].trail.reads {
		p.readers.Remove(k, mid)
	}
	for _, k := range p.entries[mid].trail.writes {
		p.writers.Remove(k, mid)
	}
}

// forget drops a mutation that is done.
func (p *pending) forget(mid int64) {
	e := p.entries[mid]
	p.untrace(mid)
	for _, t := range e.tickets {
		p.tickets.Remove(t, mid)
		if p.acked[t]--; p.acked[t] == 0 {
			delete(p.acked, t)
		}
	}
	delete(p.entries, mid)
}

// overtaken lists the acknowledged mutations that the cursors have overtaken
// (SPEC R10). None is before an earlier one of its ticket, or of either of them:
// where that one took the ticket to other buckets, the vector of this one says
// nothing of those here.
func (p *pending) overtaken(cursors map[desk.BucketID]store.Cursor, abreast bool) (mids []int64) {
	reached := map[int64]int{} // on how many of its tickets nothing is before it
	for ticket := range p.acked {
		for _, mid := range p.tickets[ticket] {
			if e := p.entries[mid]; !e.acked || !overtaken(e.vector, cursors, abreast) {
				break
			}
			reached[mid]++
		}
	}
	waits := map[desk.TicketID]bool{}
	for _, mid := range slices.Sorted(maps.Keys(reached)) {
		of := p.entries[mid].tickets
		if reached[mid] == len(of) && !slices.ContainsFunc(of, func(t desk.TicketID) bool { return waits[t] }) {
			mids = append(mids, mid)
			continue
		}
		for _, t := range of {
			waits[t] = true
		}
	}
	return mids
}

// overtaken reports whether the cursors have reached the vector in every bucket
// this device is given. Where it names none of them somebody has taken the ticket
// elsewhere, and that is here with the next checkpoint (SPEC R10).
func overtaken(vector map[desk.BucketID]int64, cursors map[desk.BucketID]store.Cursor, abreast bool) bool {
	for b, seq := range vector {
		c, given := cursors[b]
		if given && (c.Seq < seq || seq <= c.Floor) {
			return false
		}
		abreast = abreast || given
	}
	return abreast || len(vector) == 0
}

// mutations reads mutations that are pending, in mid order.
func (e *Engine) mutations(ctx context.Context, mids []int64) ([]desk.Mutation, error) {
	list, err := e.store.Mutations(ctx, mids)
	if err == nil && len(list) != len(mids) {
		err = fmt.Errorf("read the outbox: %d mutations of %d are there", len(list), len(mids))
	}
	return list, err
}
