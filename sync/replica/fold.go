package replica

import (
	"context"
	"errors"
	"time"

	"holdall/desk"
	"holdall/store"
)

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
	pending, fresh, err := e.outbox(ctx)
	if err != nil {
		return nil, err
	}
	var saved []desk.Mutation
	var took *tracer
	var p *pass
	err = e.store.Update(ctx, func(tx *store.ReplicaTx) error {
		actor, err := e.editor(ctx, tx)
		if err != nil {
			return err
		}
		p = newPass(e, tx, pending, now)
		if err := p.takeBackNewest(ctx, actor, folded.Mid, fresh); err != nil {
			return err
		}
		took = &tracer{ReplicaTx: tx, recalls: true}
		if err := took.predict(folded, actor, now); err != nil {
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
		p.keep()
		pending.add(folded, took.trail)
		pending.recall(folded.Mid, took.before)
		e.pending = pending
	}
	return e.saved(ctx, now, saved, err)
}

// takeBackNewest undoes the prediction of the newest mutation. Where nobody
// remembers what it was made over, those that share a record with it are run
// again without it.
func (p *pass) takeBackNewest(ctx context.Context, actor desk.Principal, mid int64, fresh bool) error {
	if n := p.pending.newest; !fresh && n != nil && n.mid == mid {
		return p.Revert(n.before)
	}
	p.except[mid] = true
	take := func() error { return p.takeBack(p.pending.entries[mid].trail.writes...) }
	if fresh {
		take = p.everything
	}
	if err := take(); err != nil {
		return err
	}
	return p.again(ctx, actor)
}
