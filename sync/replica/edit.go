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
// before a crash shows again.
func (e *Engine) Recover(ctx context.Context, now time.Time) error {
	if err := e.store.Unsend(ctx); err != nil {
		return err
	}
	_, err := e.rebase(ctx, now, func(*store.ReplicaTx) ([]desk.TicketID, error) { return nil, nil })
	return err
}

// Edit saves mutations of the person at this device: predicted by the rules the
// hub will apply, durable on return, visible at once. A refusal saves nothing.
// The caller then lets Edited happen.
func (e *Engine) Edit(ctx context.Context, now time.Time, mutations ...desk.Mutation) ([]desk.Mutation, error) {
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
	err = e.store.Update(ctx, func(tx *store.ReplicaTx) error {
		actor, err := e.actor(ctx, tx)
		if errors.Is(err, desk.ErrUnknown) {
			return desk.Refuse(desk.CodePerm, "This device does not know you yet; wait until the first synchronisation has begun.")
		}
		if err != nil {
			return err
		}
		for _, m := range mutations {
			if err := predict(tx, m, actor, now); err != nil {
				return err
			}
		}
		saved, err = e.store.Append(ctx, mutations)
		return err
	})
	if err == nil {
		return saved, nil
	}
	if saved == nil {
		return nil, err
	}
	// The outbox holds the edit durably; only its prediction failed to show.
	if err := e.Recover(ctx, now); err != nil {
		return saved, fmt.Errorf("show what was saved: %w", err)
	}
	return saved, nil
}
