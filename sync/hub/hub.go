// Package hub promises that every device gets what it may see, gap-free and in
// one order, and that every mutation takes effect exactly once or comes back
// with its reason.
//
// Engine is a state machine without goroutines: Step takes what happened and
// returns what is to be done, so a simulation can replay it from a seed. The
// database is the only thing it calls, and it acknowledges nothing before the
// commit is durable (SPEC R5). Server is the thin shell that feeds it from
// connections.
package hub

import (
	"context"
	"fmt"
	"slices"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// Engine is the hub's half of the synchronisation.
type Engine struct {
	store    *store.Central
	epoch    string
	renewed  bool // the database was recognised as restored
	tended   time.Time
	offer    protocol.Offer
	grants   int64                   // the count of grants the sessions were scoped by
	heads    map[desk.BucketID]int64 // how far the buckets have come, as far as is known here
	queue    queue
	gathered time.Time // until then what moves is gathered
	company  company
	sessions map[SessionID]*session
	order    []SessionID // in order of opening, so that steps are reproducible
	effects  []Effect
}

// New makes the engine over a central database.
func New(ctx context.Context, central *store.Central) (*Engine, error) {
	e := &Engine{
		store: central, sessions: map[SessionID]*session{}, offer: protocol.Ours(), company: newCompany(),
		heads: map[desk.BucketID]int64{},
	}
	err := central.View(ctx, func(tx *store.CentralTx) (err error) {
		if e.epoch, err = tx.Epoch(); err != nil {
			return err
		}
		heads, err := tx.AllHeads()
		for b, h := range heads {
			e.heads[b] = h.Seq
		}
		return err
	})
	return e, err
}

// Offering has the engine ready to speak something else than this program's
// newest, before its first event: while a hub of several nodes is updated one by
// one, those of today and of yesterday serve the same devices (SPEC P30).
func (e *Engine) Offering(o protocol.Offer) *Engine {
	e.offer = o
	return e
}

// Step lets things happen and returns what is to be done about them. All
// mutations among the events are committed in one transaction (group commit).
func (e *Engine) Step(ctx context.Context, now time.Time, events ...Event) []Effect {
	e.effects = nil
	e.company.woken(now)
	var work []*submission
	for _, ev := range events {
		if sub := e.take(ctx, now, ev); sub != nil {
			work = append(work, sub)
		}
	}
	if len(work) > 0 {
		e.execute(ctx, now, work)
	}
	for e.feed(ctx, now); e.callNext(); {
		e.feed(ctx, now)
	}
	e.tellCompany(ctx, now)
	return e.effects
}

// take handles one event; a submission waits for the step's commit.
func (e *Engine) take(ctx context.Context, now time.Time, ev Event) *submission {
	switch ev := ev.(type) {
	case Opened:
		e.open(ev)
	case Closed:
		e.forget(ev.Session)
	case Received:
		if s := e.sessions[ev.Session]; s != nil {
			return e.receive(ctx, now, s, ev.Message)
		}
	case Submitted:
		return &submission{id: ev.ID, actor: ev.Actor, mutations: ev.Mutations, with: ev.With}
	case Hinted:
		e.hear(e.late(ev.Heads))
	case Polled:
		if err := e.poll(ctx); err != nil {
			e.blinded(fmt.Errorf("look for what others committed: %w", err))
		} else if err := e.expel(ctx); err != nil {
			e.do(Failed{fmt.Errorf("look for who was shut out: %w", err)})
		}
	case Sighted:
		e.company.note(sight{ev.Glimpse, now.Add(presenceLasts)})
	case Ticked:
		e.passOver()
		e.tend(ctx, now)
		for _, s := range e.greeted() {
			s.owes, s.all, s.wishes.counted = true, true, 0
		}
	}
	return nil
}

func (e *Engine) do(eff Effect) { e.effects = append(e.effects, eff) }

// stir marks the sessions that may have something to receive.
func (e *Engine) stir(buckets []desk.BucketID) {
	for _, s := range e.greeted() {
		for _, b := range buckets {
			if _, given := s.cursors[b]; given {
				s.owes = true
				break
			}
		}
	}
}

// greeted lists the sessions past HELLO in the order they opened.
func (e *Engine) greeted() []*session {
	list := make([]*session, 0, len(e.order))
	for _, id := range e.order {
		if s := e.sessions[id]; s.greeted {
			list = append(list, s)
		}
	}
	return list
}

func (e *Engine) forget(id SessionID) {
	if s := e.sessions[id]; s != nil {
		e.leaveLine(s)
	}
	delete(e.sessions, id)
	e.order = slices.DeleteFunc(e.order, func(o SessionID) bool { return o == id })
}
