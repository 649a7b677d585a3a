package replica

import (
	"context"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// Intervals of SPEC P14 and P15.
const (
	backoffLeast = 500 * time.Millisecond
	backoffMost  = 60 * time.Second
	silence      = 20 * time.Second // then PING
	deadAfter    = 60 * time.Second
	ackWithin    = 30 * time.Second
)

func (e *Engine) dial() {
	e.phase = dialling
	e.do(Dial{})
}

// hello opens the conversation (SPEC P3).
func (e *Engine) hello(ctx context.Context, now time.Time) error {
	if err := e.store.Unsend(ctx); err != nil {
		return err
	}
	identity, err := e.store.Identity(ctx)
	if err != nil {
		return err
	}
	next, err := e.store.NextMid(ctx)
	if err != nil {
		return err
	}
	left, err := e.left(ctx)
	if err != nil {
		return err
	}
	cursors := map[desk.BucketID]protocol.Cursor{}
	err = e.store.View(ctx, func(tx *store.ReplicaTx) error {
		have, err := tx.Cursors()
		for b, c := range have {
			cursors[b] = protocol.Cursor{Epoch: c.Epoch, Seq: c.Seq}
		}
		return err
	})
	if err != nil {
		return err
	}
	e.phase, e.heard, e.pushedAt, e.staged = greeting, now, time.Time{}, nil
	e.send(now, protocol.Hello{Protocol: protocol.Version, App: e.app, Epoch: identity.Epoch, Cursors: cursors, NextMid: next, Left: left})
	return nil
}

// left counts the leased numbers that are unused (SPEC P13).
func (e *Engine) left(ctx context.Context) (map[desk.TicketKind]int64, error) {
	left := map[desk.TicketKind]int64{}
	for _, kind := range []desk.TicketKind{desk.Incident, desk.Request} {
		n, err := e.store.LeaseLeft(ctx, kind)
		if err != nil {
			return nil, err
		}
		left[kind] = n
	}
	return left, nil
}

// welcome begins the exchange: the buckets given are noted, and what waits is
// pushed from where the hub stands.
func (e *Engine) welcome(ctx context.Context, now time.Time, w protocol.Welcome) error {
	if err := e.lease(ctx, w.Leases); err != nil {
		return err
	}
	// After a salvage the hub may know of more mids than this device does.
	if err := e.store.RaiseMid(ctx, w.LastMid+1); err != nil {
		return err
	}
	identity, err := e.store.Identity(ctx)
	if err != nil {
		return err
	}
	if identity.Epoch != w.Epoch {
		identity.Epoch = w.Epoch
		if err := e.store.SetIdentity(ctx, identity); err != nil {
			return err
		}
	}
	err = e.store.Update(ctx, func(tx *store.ReplicaTx) error {
		have, err := tx.Cursors()
		if err != nil {
			return err
		}
		for b, c := range w.Buckets {
			if _, ok := have[b]; ok {
				continue
			}
			if err := tx.SetCursor(b, store.Cursor{Epoch: c.Epoch}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	e.phase, e.tries, e.problem, e.behind, e.received = live, 0, "", true, 0
	e.do(Changed{})
	first, err := e.firstUnanswered(ctx, w.LastMid+1)
	if err != nil {
		return err
	}
	return e.resend(ctx, now, first)
}

// firstUnanswered is the mid to push from: where the hub stands, or before it
// where an answer was lost on the way.
func (e *Engine) firstUnanswered(ctx context.Context, wanted int64) (int64, error) {
	pending, err := e.store.Pending(ctx)
	for _, entry := range pending {
		if entry.State != store.Acked {
			return min(wanted, entry.Mutation.Mid), err
		}
	}
	return wanted, err
}

func (e *Engine) lease(ctx context.Context, leases []desk.Lease) error {
	for _, l := range leases {
		if err := e.store.GrantLease(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

// lost notes the end of a connection and when to come back.
func (e *Engine) lost(now time.Time, ev Lost) {
	if e.phase == offline {
		return
	}
	e.rest(now, ev.Reason, 0)
	if ev.Refused {
		e.retryAt = now.Add(backoffMost)
	}
}

func (e *Engine) bye(now time.Time, m protocol.Bye) {
	e.drop(now, m.Message, time.Duration(m.RetryAfter)*time.Second)
}

// drop ends the connection from this side.
func (e *Engine) drop(now time.Time, reason string, atLeast time.Duration) {
	if e.phase == offline {
		return
	}
	e.do(Hangup{})
	e.rest(now, reason, atLeast)
}

// rest waits with full jitter before the next try (SPEC P14).
func (e *Engine) rest(now time.Time, reason string, atLeast time.Duration) {
	e.phase, e.problem, e.staged = offline, reason, nil
	most := min(backoffMost, backoffLeast<<min(e.tries, 10))
	e.tries++
	e.retryAt = now.Add(atLeast + backoffLeast/2 + time.Duration(e.rand.Int64N(int64(most))))
	e.do(Changed{})
}

// tick watches over the conversation (SPEC P15).
func (e *Engine) tick(ctx context.Context, now time.Time) error {
	switch {
	case e.phase == offline:
		if !now.Before(e.retryAt) {
			e.dial()
		}
	case e.phase == dialling:
	case now.Sub(e.heard) > deadAfter:
		e.drop(now, "The hub has not been heard for a minute.", 0)
	case !e.pushedAt.IsZero() && now.Sub(e.pushedAt) > ackWithin:
		e.drop(now, "The hub did not acknowledge in time.", 0)
	case now.Sub(e.heard) > silence && now.Sub(e.spoke) > silence:
		e.send(now, protocol.Ping{})
	}
	return nil
}
