package replica

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"holdall/desk"
	"holdall/store"
)

// rebase changes the base and runs the pending mutations again that this
// concerns, in one transaction: the view is what running all of them would make
// of it (SPEC R9). Afterwards it forgets what the cursors have overtaken (SPEC
// R10).
func (e *Engine) rebase(ctx context.Context, now time.Time, base func(*pass) ([]desk.TicketID, error)) (moved []desk.TicketID, err error) {
	pending, fresh, err := e.outbox(ctx)
	if err != nil {
		return nil, err
	}
	e.pending, pending.newest = nil, nil // until it is done
	var p *pass
	err = e.store.Update(ctx, func(tx *store.ReplicaTx) error {
		p = newPass(e, tx, pending, now)
		if fresh {
			if err := p.everything(); err != nil {
				return err
			}
		}
		if moved, err = base(p); err != nil {
			return err
		}
		return p.finish(ctx)
	})
	if err != nil {
		return nil, err
	}
	if fresh || len(p.done) > 0 {
		if err := e.store.Forget(ctx, p.done, now); err != nil {
			return nil, err
		}
	}
	p.keep()
	e.pending = pending
	return moved, nil
}

// settle forgets acknowledged mutations whose effects are here already, undoes
// refused ones, and tells of the tickets that were answered.
func (e *Engine) settle(ctx context.Context, now time.Time, tickets []desk.TicketID) error {
	untold := e.pending == nil // whose they are: more than is worth naming
	_, err := e.rebase(ctx, now, func(p *pass) ([]desk.TicketID, error) {
		cursors, err := p.Cursors()
		if err != nil {
			return nil, err
		}
		if err := p.foresee(ctx, cursors, false); err != nil {
			return nil, err
		}
		return p.apply(nil)
	})
	if err == nil && (untold || len(tickets) > 0) {
		e.do(Changed{Tickets: tickets})
	}
	return err
}

// pass is one making-anew of the view: mutations are taken back, the base
// changes, and they are run again in their order.
type pass struct {
	*store.ReplicaTx
	engine  *Engine
	pending *pending
	now     time.Time
	back    map[int64]bool // taken back
	except  map[int64]bool // of these, not to be run again
	written map[desk.Key]bool
	read    map[desk.Key]bool
	trails  map[int64]trail // of those that were run again
	done    []int64
	abreast bool // a checkpoint of all buckets is reached
	knowing bool // what will be forgotten is excepted, and what it wrote is laid aside with a change
}

func newPass(e *Engine, tx *store.ReplicaTx, pending *pending, now time.Time) *pass {
	return &pass{
		ReplicaTx: tx, engine: e, pending: pending, now: now, back: map[int64]bool{}, except: map[int64]bool{},
		written: map[desk.Key]bool{}, read: map[desk.Key]bool{}, trails: map[int64]trail{},
	}
}

// everything takes all mutations back.
func (p *pass) everything() error {
	for mid := range p.pending.entries {
		p.back[mid] = true
	}
	return p.RestoreBases()
}

// takeBack makes the view what the hub knows wherever a change to some records
// may tell, and must come before the change.
func (p *pass) takeBack(keys ...desk.Key) error {
	if len(p.pending.entries) == 0 {
		return nil
	}
	return p.restore(p.concerned(trail{writes: keys}))
}

// concerned takes back the mutations that share a record with what a trail tells,
// where one of them writes it, and those that share one with these, and lists
// them.
func (p *pass) concerned(first trail) (more []int64) {
	trails := []trail{first}
	meet := func(mids []int64) {
		for _, mid := range mids {
			if !p.back[mid] {
				p.back[mid] = true
				more, trails = append(more, mid), append(trails, p.pending.entries[mid].trail)
			}
		}
	}
	for len(trails) > 0 {
		t := trails[len(trails)-1]
		trails = trails[:len(trails)-1]
		for _, k := range t.writes {
			if !p.written[k] {
				p.written[k] = true
				meet(p.pending.writers[k])
				meet(p.pending.readers[k])
			}
		}
		for _, k := range t.reads {
			if !p.written[k] && !p.read[k] {
				p.read[k] = true
				meet(p.pending.writers[k])
			}
		}
	}
	return more
}

// restore takes back what mutations wrote.
func (p *pass) restore(mids []int64) error {
	slices.Sort(mids)
	for _, mid := range mids {
		for _, t := range []trail{p.pending.entries[mid].trail, p.trails[mid]} {
			if err := p.Restore(t.writes); err != nil {
				return err
			}
		}
	}
	return nil
}

// finish finds what is done, and runs again what was taken back.
func (p *pass) finish(ctx context.Context) error {
	actor, err := p.engine.actor(ctx, p.ReplicaTx)
	if errors.Is(err, desk.ErrUnknown) {
		return p.wait(actor)
	}
	if err != nil {
		return err
	}
	cursors, err := p.Cursors()
	if err != nil {
		return err
	}
	p.done = p.pending.overtaken(cursors, p.abreast)
	if err := p.retire(p.done); err != nil {
		return err
	}
	return p.again(ctx, actor)
}

// retire takes back what is forgotten, as far as that was not foreseen; what was
// foreseen and does not come is run again.
func (p *pass) retire(done []int64) error {
	var undo []int64
	gone := map[int64]bool{}
	for _, mid := range done {
		if gone[mid] = true; !p.except[mid] {
			p.except[mid], undo = true, append(undo, mid)
		}
	}
	for mid := range p.except {
		if !gone[mid] {
			undo = append(undo, mid)
			delete(p.except, mid)
		}
	}
	slices.Sort(undo)
	for _, mid := range undo {
		if err := p.takeBack(p.pending.entries[mid].trail.writes...); err != nil {
			return err
		}
		p.back[mid] = true // though it wrote nothing
	}
	return nil
}

// wait leaves undone what was taken back, until the record comes of the person
// it is to be done by.
func (p *pass) wait(actor desk.Principal) error {
	for mid := range p.back {
		who := desk.Person{ID: actor.Person}.Key()
		p.trails[mid] = trail{reads: []desk.Key{who}, saw: []sight{{key: who}}}
	}
	return nil
}

// again runs what was taken back. Where a mutation now meets one that was not,
// that one is taken back as well, and all begin again.
func (p *pass) again(ctx context.Context, actor desk.Principal) error {
	for {
		list, err := p.engine.mutations(ctx, p.left())
		if err != nil {
			return err
		}
		for _, m := range list {
			view := &tracer{ReplicaTx: p.ReplicaTx}
			if err := view.predict(m, actor, p.now); err != nil && desk.CodeOf(err) == desk.CodeInternal {
				return err
			}
			p.trails[m.Mid] = view.trail
			p.engine.ran++
		}
		var met []int64
		for _, m := range list {
			met = append(met, p.concerned(p.trails[m.Mid])...)
		}
		if len(met) == 0 {
			return nil
		}
		if err := p.restore(slices.Collect(maps.Keys(p.back))); err != nil {
			return err
		}
	}
}

// left lists what is to be run again.
func (p *pass) left() (mids []int64) {
	for mid := range p.back {
		if !p.except[mid] {
			mids = append(mids, mid)
		}
	}
	slices.Sort(mids)
	return mids
}

// keep notes what came of the pass, once it is durable.
func (p *pass) keep() {
	for mid, t := range p.trails {
		p.pending.retrace(mid, t)
	}
	for _, mid := range p.done {
		p.pending.forget(mid)
	}
}

// predict applies a mutation to the view, remembering what was beneath, and tells
// what it read and wrote. A refusal leaves no trace in the view: the hub decides
// it.
func (v *tracer) predict(m desk.Mutation, actor desk.Principal, now time.Time) error {
	if err := v.sees(desk.Person{ID: actor.Person}.Key()); err != nil {
		return err
	}
	effects, err := desk.Apply(v, m, desk.Env{Actor: actor, Now: now, Ahead: true})
	if err != nil {
		return err
	}
	for _, e := range effects.Puts {
		if err := v.writes(e); err != nil {
			return err
		}
		if err := v.Predict(e); err != nil {
			return err
		}
	}
	return nil
}

// actor is whom this device acts for, as the directory here says; where it says
// nothing, by name only.
func (e *Engine) actor(ctx context.Context, tx *store.ReplicaTx) (desk.Principal, error) {
	identity, err := e.store.Identity(ctx)
	if err != nil {
		return desk.Principal{}, err
	}
	person, err := tx.Get(desk.Person{ID: identity.Person}.Key())
	if err != nil {
		return desk.Principal{Person: identity.Person}, err
	}
	return desk.PrincipalOf(person.(desk.Person), identity.Device), nil
}
