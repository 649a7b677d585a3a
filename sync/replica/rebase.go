package replica

import (
	"context"
	"errors"
	"time"

	"holdall/desk"
	"holdall/store"
)

// rebase changes the base and runs the pending mutations again on top, in one
// transaction (SPEC R9). Afterwards it forgets what the cursors have overtaken
// (SPEC R10).
func (e *Engine) rebase(ctx context.Context, now time.Time, base func(*store.ReplicaTx) ([]desk.TicketID, error)) ([]desk.TicketID, error) {
	pending, err := e.store.Pending(ctx)
	if err != nil {
		return nil, err
	}
	e.newest = newest{}
	var moved []desk.TicketID
	var done []int64
	err = e.store.Update(ctx, func(tx *store.ReplicaTx) error {
		if _, err := tx.RestoreBases(); err != nil {
			return err
		}
		if moved, err = base(tx); err != nil {
			return err
		}
		done, err = e.replay(ctx, tx, pending, now)
		return err
	})
	if err != nil {
		return nil, err
	}
	return moved, e.store.Forget(ctx, done)
}

// settle forgets acknowledged mutations whose effects are here already, and
// undoes refused ones.
func (e *Engine) settle(ctx context.Context, now time.Time) error {
	pending, err := e.store.Pending(ctx)
	if err != nil || len(pending) == 0 {
		return err
	}
	var moved []desk.TicketID
	for _, entry := range pending {
		moved = append(moved, entry.Mutation.Ticket)
	}
	_, err = e.rebase(ctx, now, func(*store.ReplicaTx) ([]desk.TicketID, error) { return nil, nil })
	if err != nil {
		return err
	}
	e.do(Changed{Tickets: moved})
	return nil
}

// replay runs the pending mutations on the base and lists those that the cursors
// have overtaken. None is before an earlier one of its ticket: where that one took
// the ticket to other buckets, the vector of this one says nothing of those here.
func (e *Engine) replay(ctx context.Context, tx *store.ReplicaTx, pending []store.OutboxEntry, now time.Time) (done []int64, err error) {
	if len(pending) == 0 {
		return nil, nil
	}
	cursors, err := tx.Cursors()
	if err != nil {
		return nil, err
	}
	actor, err := e.actor(ctx, tx)
	if errors.Is(err, desk.ErrUnknown) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	waits := map[desk.TicketID]bool{}
	for _, entry := range pending {
		ticket := entry.Mutation.Ticket
		if entry.State == store.Acked && !waits[ticket] && overtaken(entry.Vector, cursors) {
			done = append(done, entry.Mutation.Mid)
			continue
		}
		waits[ticket] = true
		if err := predict(tx, entry.Mutation, actor, now); err != nil && desk.CodeOf(err) == desk.CodeInternal {
			return nil, err
		}
	}
	return done, nil
}

// overtaken reports whether the cursors have reached the vector in every bucket
// this device is given (SPEC R10).
func overtaken(vector map[desk.BucketID]int64, cursors map[desk.BucketID]store.Cursor) bool {
	for b, seq := range vector {
		if c, given := cursors[b]; given && (c.Seq < seq || seq <= c.Floor) {
			return false
		}
	}
	return true
}

// predict applies a mutation to the view, remembering what was beneath. A
// refusal leaves no trace: the hub decides it.
func predict(tx *store.ReplicaTx, m desk.Mutation, actor desk.Principal, now time.Time) error {
	return predictOver(tx, m, actor, now, func(desk.Key) error { return nil })
}

func predictOver(tx *store.ReplicaTx, m desk.Mutation, actor desk.Principal, now time.Time, cover func(desk.Key) error) error {
	effects, err := desk.Apply(tx, m, desk.Env{Actor: actor, Now: now, Ahead: true})
	if err != nil {
		return err
	}
	for _, e := range effects.Puts {
		if err := cover(e.Key()); err != nil {
			return err
		}
		if err := tx.SaveBase(e.Key()); err != nil {
			return err
		}
		if err := tx.Put(e); err != nil {
			return err
		}
	}
	return nil
}

// actor is whom this device acts for, as the directory here says.
func (e *Engine) actor(ctx context.Context, tx *store.ReplicaTx) (desk.Principal, error) {
	identity, err := e.store.Identity(ctx)
	if err != nil {
		return desk.Principal{}, err
	}
	person, err := tx.Get(desk.Person{ID: identity.Person}.Key())
	if err != nil {
		return desk.Principal{}, err
	}
	return desk.PrincipalOf(person.(desk.Person), identity.Device), nil
}
