package replica

import (
	"context"
	"errors"
	"fmt"
	"time"

	"holdall/desk"
	"holdall/store"
)

// Recover brings the view in line with the outbox after a start: what was saved
// before a crash shows again. Where the disk does not let it, time brings another
// try.
func (e *Engine) Recover(ctx context.Context, now time.Time) error {
	e.unshown, e.pending = true, nil
	if err := e.store.Unsend(ctx); err != nil {
		return err
	}
	_, err := e.rebase(ctx, now, func(*pass) ([]desk.TicketID, error) { return nil, nil })
	e.unshown = err != nil
	return err
}

// Show is Recover for a view that lacks something of the outbox, and reports
// whether it did.
func (e *Engine) Show(ctx context.Context, now time.Time) (lacked bool, err error) {
	if !e.unshown {
		return false, nil
	}
	if err := e.Recover(ctx, now); err != nil {
		return true, fmt.Errorf("show what was saved: %w", err)
	}
	return true, nil
}

// Edit saves mutations of the person at this device: predicted by the rules the
// hub will apply, durable on return, visible at once. A refusal saves nothing.
// The caller then lets Edited happen.
func (e *Engine) Edit(ctx context.Context, now time.Time, mutations ...desk.Mutation) ([]desk.Mutation, error) {
	if len(mutations) == 1 {
		if folded, err := e.fold(ctx, now, mutations[0]); err != nil || folded != nil {
			return folded, err
		}
	}
	identity, err := e.store.Identity(ctx)
	if err != nil {
		return nil, err
	}
	mid, err := e.store.NextMid(ctx)
	if err != nil {
		return nil, err
	}
	for i := range mutations {
		mutations[i].Device, mutations[i].Mid = identity.Device, mid+int64(i)
	}
	var saved []desk.Mutation
	views := make([]*tracer, len(mutations))
	err = e.store.Update(ctx, func(tx *store.ReplicaTx) error {
		actor, err := e.editor(ctx, tx)
		if err != nil {
			return err
		}
		for i, m := range mutations {
			views[i] = &tracer{ReplicaTx: tx, recalls: i == len(mutations)-1}
			if err := views[i].predict(m, actor, now); err != nil {
				return err
			}
		}
		saved, err = e.store.Append(ctx, mutations)
		return err
	})
	if err == nil {
		for i := range saved {
			e.pending.add(saved[i], views[i].trail)
			e.pending.recall(saved[i].Mid, views[i].before)
		}
	}
	return e.saved(ctx, now, saved, err)
}

// editor is whom the edits of this device are by.
func (e *Engine) editor(ctx context.Context, tx *store.ReplicaTx) (desk.Principal, error) {
	actor, err := e.actor(ctx, tx)
	if errors.Is(err, desk.ErrUnknown) {
		err = desk.Refuse(desk.CodePerm, "This device does not know you yet; wait until the first synchronisation has begun.")
	}
	return actor, err
}

// saved answers an edit whose transaction ended with err.
func (e *Engine) saved(ctx context.Context, now time.Time, saved []desk.Mutation, err error) ([]desk.Mutation, error) {
	if err == nil || saved == nil {
		return saved, err
	}
	// The outbox holds the edit durably; only its prediction failed to show. It is
	// saved all the same: who was told otherwise would write it again.
	_ = e.Recover(ctx, now) // it is tried again, and then said
	return saved, nil
}
