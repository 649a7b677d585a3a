package replica

import (
	"context"
	"errors"
	"time"

	"holdall/desk"
	"holdall/store"
)

// newest is the prediction of the last mutation, and what stood beneath it. It
// is forgotten whenever the view is made anew.
type newest struct {
	mid    int64
	before []store.Base
}

// errSent says that the mutation to fold into has left meanwhile.
var errSent = errors.New("the mutation was sent")

// fold saves an edit into the one before it, where both are patches of one
// ticket and the first has not left this device (SPEC R2); nil where it cannot.
// The view is as if there had been one edit.
func (e *Engine) fold(ctx context.Context, now time.Time, next desk.Mutation) ([]desk.Mutation, error) {
	first, ok, err := e.store.Unseen(ctx)
	if err != nil || !ok {
		return nil, err
	}
	folded, ok := first.Fold(next)
	if !ok {
		return nil, nil
	}
	pending, err := e.store.Pending(ctx)
	if err != nil {
		return nil, err
	}
	var saved []desk.Mutation
	var before []store.Base
	err = e.store.Update(ctx, func(tx *store.ReplicaTx) error {
		actor, err := e.editor(ctx, tx)
		if err != nil {
			return err
		}
		if err := e.takeBack(ctx, tx, pending, now); err != nil {
			return err
		}
		if before, err = predictNoting(tx, folded, actor, now); err != nil {
			return err
		}
		kept, err := e.store.Refold(ctx, folded)
		if err == nil && !kept {
			err = errSent
		}
		if err == nil {
			saved = []desk.Mutation{folded}
		}
		return err
	})
	if errors.Is(err, errSent) {
		return nil, nil
	}
	if err == nil {
		e.newest = newest{folded.Mid, before}
	}
	return e.saved(ctx, now, saved, err)
}

// takeBack undoes the prediction of the newest pending mutation: from memory,
// or, after a start or news from the hub, by running the others again.
func (e *Engine) takeBack(ctx context.Context, tx *store.ReplicaTx, pending []store.OutboxEntry, now time.Time) error {
	last := len(pending) - 1
	if e.newest.mid == pending[last].Mutation.Mid {
		return tx.Revert(e.newest.before)
	}
	if _, err := tx.RestoreBases(); err != nil {
		return err
	}
	_, err := e.replay(ctx, tx, pending[:last], now)
	return err
}

// predictNoting is predict that notes what it covers.
func predictNoting(tx *store.ReplicaTx, m desk.Mutation, actor desk.Principal, now time.Time) (before []store.Base, err error) {
	err = predictOver(tx, m, actor, now, func(key desk.Key) error {
		b, err := tx.Stands(key)
		before = append(before, b)
		return err
	})
	return before, err
}
