package replica

import (
	"context"
	"time"

	"holdall/desk"
	"holdall/sync/protocol"
)

// push sends what waits, one PUSH at a time (SPEC P6).
func (e *Engine) push(ctx context.Context, now time.Time) error {
	if e.phase != live || !e.pushedAt.IsZero() {
		return nil
	}
	batch, err := e.store.Waiting(ctx, protocol.PushMutations, protocol.PushBytes)
	if err != nil {
		return err
	}
	return e.sendPush(ctx, now, batch)
}

func (e *Engine) sendPush(ctx context.Context, now time.Time, batch []desk.Mutation) error {
	if len(batch) == 0 {
		return nil
	}
	left, err := e.left(ctx)
	if err != nil {
		return err
	}
	if err := e.store.MarkSent(ctx, batch[len(batch)-1].Mid); err != nil {
		return err
	}
	e.pushedAt, e.pushed = now, batch[len(batch)-1].Mid
	e.send(now, protocol.Push{Mutations: batch, Left: left})
	return nil
}

// gap sends what the hub wants: under other mids, where the hub has something else
// under those, which this device did before its disk was put back (SPEC R3).
func (e *Engine) gap(ctx context.Context, now time.Time, m protocol.Gap) error {
	if m.Other > 0 {
		if err := e.store.Renumber(ctx, m.Other, m.Want); err != nil {
			return err
		}
		e.pending = nil // to be read
	}
	return e.resend(ctx, now, m.Want)
}

// resend sends again from a mid on, out of the journal of what was acknowledged
// before if need be (SPEC R3).
func (e *Engine) resend(ctx context.Context, now time.Time, want int64) error {
	e.pushedAt = time.Time{}
	batch, err := e.store.From(ctx, want, protocol.PushMutations)
	if err != nil {
		return err
	}
	if len(batch) > 0 && batch[0].Mid > want {
		e.pending = nil // there is more of it
		if _, err := e.store.FillGaps(ctx, want); err != nil {
			return err
		}
		if batch, err = e.store.From(ctx, want, protocol.PushMutations); err != nil {
			return err
		}
	}
	bytes := 0
	for i, m := range batch {
		if bytes += len(m.Args); bytes > protocol.PushBytes && i > 0 {
			batch = batch[:i]
			break
		}
	}
	return e.sendPush(ctx, now, batch)
}

// ack takes in the hub's answers. What was refused is undone by the next rebase;
// its words are in the rejection the hub keeps. Where not all that is under way is
// answered a GAP comes behind it, which may give it other mids: nothing that follows
// it may be at the hub under these by then.
func (e *Engine) ack(ctx context.Context, now time.Time, m protocol.Ack) error {
	if err := e.lease(ctx, m.Leases); err != nil {
		return err
	}
	if err := e.store.Ack(ctx, m.Results); err != nil {
		return err
	}
	if err := e.settle(ctx, now, e.pending.ack(m.Results...)); err != nil {
		return err
	}
	n := len(m.Results)
	if n == 0 || m.Results[n-1].Mid < e.pushed {
		return nil
	}
	e.pushedAt = time.Time{}
	if m.Results[n-1].Mid < e.retell {
		return e.resend(ctx, now, m.Results[n-1].Mid+1)
	}
	return e.push(ctx, now)
}
