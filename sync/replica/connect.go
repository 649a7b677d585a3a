package replica

import (
	"context"
	"slices"
	"time"

	"holdall/desk"
	"holdall/sync/protocol"
)

// Intervals of SPEC P14 and P15.
const (
	backoffLeast = 500 * time.Millisecond
	backoffMost  = 45 * time.Second
	silence      = 20 * time.Second // then PING
	deadAfter    = 60 * time.Second
	ackWithin    = 30 * time.Second
	rowsWithin   = 30 * time.Second // while something is on its way
	idleWithin   = 60 * time.Second // between two checkpoints (SPEC P32)
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
	acked, err := e.store.NewestAcked(ctx)
	if err != nil {
		return err
	}
	wanted, err := e.wanted(ctx)
	if err != nil {
		return err
	}
	leases, err := e.leases(ctx)
	if err != nil {
		return err
	}
	epoch, cursors, err := e.stand(ctx, identity.Epoch)
	if err != nil {
		return err
	}
	e.phase, e.heard, e.pushedAt, e.pushed, e.retell = greeting, now, time.Time{}, 0, acked
	e.named = wanted
	e.pages, e.owed = 0, struct{ pages, bytes int }{}
	e.staged, e.diffs, e.asked, e.doubts = nil, nil, 0, map[desk.BucketID]doubt{}
	e.send(now, protocol.Hello{
		Protocol: protocol.Version, Oldest: protocol.OldestVersion, Schema: protocol.Schema, Caps: protocol.Caps(), App: e.app, Epoch: epoch, Cursors: cursors, Wanted: wanted,
		NextMid: next, Acked: acked, Left: left, Leases: leases,
	})
	return nil
}

// leases lists the blocks of numbers to tell, for a hub that has forgotten them.
func (e *Engine) leases(ctx context.Context) (list []desk.Lease, err error) {
	for _, kind := range []desk.TicketKind{desk.Incident, desk.Request} {
		of, err := e.store.Leases(ctx, kind)
		if err != nil {
			return nil, err
		}
		list = append(list, of...)
	}
	return list, nil
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
	if w.Protocol < protocol.OldestVersion || w.Protocol > protocol.Version {
		e.drop(now, "The hub speaks a protocol that this program does not know; update the program.", backoffMost)
		return nil
	}
	if err := e.lease(ctx, w.Leases); err != nil {
		return err
	}
	e.store.Stand(w.LastMid)
	e.store.Heard(w.Time, now)
	// After a salvage the hub may know of more mids than this device does.
	if err := e.store.RaiseMid(ctx, w.LastMid+1); err != nil {
		return err
	}
	identity, err := e.store.Identity(ctx)
	if err != nil {
		return err
	}
	if err := e.outlived(ctx, w.Epoch, identity.Epoch); err != nil {
		return err
	}
	if err := e.given(ctx, w, identity.Epoch); err != nil {
		return err
	}
	if identity.Epoch != w.Epoch {
		identity.Epoch = w.Epoch
		if err := e.store.SetIdentity(ctx, identity); err != nil {
			return err
		}
	}
	e.phase, e.tries, e.problem, e.shutOut, e.behind, e.received = live, 0, "", false, true, 0
	e.fed, e.pushOnly = now.Add(time.Duration(w.Wait)*time.Second), w.PushOnly
	e.do(Changed{})
	e.archives = slices.Contains(w.Caps, protocol.CapArchive)
	if e.sociable = slices.Contains(w.Caps, protocol.CapPresence); e.here.Ticket != "" {
		e.tellPresence(now)
	}
	if err := e.wantMore(ctx, now); err != nil {
		return err
	}
	first, err := e.firstUnanswered(ctx, w.LastMid+1)
	if err != nil {
		return err
	}
	return e.resend(ctx, now, first)
}

// firstUnanswered is the mid to push from: where the hub stands, or before it
// where an answer was lost on the way.
func (e *Engine) firstUnanswered(ctx context.Context, wanted int64) (int64, error) {
	first, err := e.store.FirstUnanswered(ctx)
	if err != nil || first == 0 {
		return wanted, err
	}
	return min(wanted, first), nil
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
		e.shutOut, e.retryAt = true, now.Add(backoffMost)
	}
}

func (e *Engine) bye(now time.Time, m protocol.Bye) {
	e.shutOut = e.shutOut || m.Code == protocol.ByeRevoked
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
	e.alone()
	most := max(min(backoffMost, backoffLeast<<min(e.tries, 10)), min(atLeast, backoffMost))
	e.tries++
	e.retryAt = now.Add(atLeast + backoffLeast/2 + time.Duration(e.rand.Int64N(int64(most))))
	e.do(Changed{})
}

// tick watches over the conversation (SPEC P15).
func (e *Engine) tick(ctx context.Context, now time.Time) error {
	lacked, err := e.Show(ctx, now)
	if err != nil {
		return err
	}
	if lacked {
		e.do(Changed{})
	}
	e.renew(now)
	switch {
	case e.phase == offline:
		if !now.Before(e.retryAt) {
			e.dial()
		}
	case e.phase == dialling:
	case now.Sub(e.heard) > deadAfter:
		e.drop(now, "The hub has not been heard for a minute.", 0)
	case !e.pushedAt.IsZero() && now.Sub(e.pushedAt) > ackWithin:
		e.stalls++
		e.drop(now, "The hub did not acknowledge in time.", 0)
	case e.phase == live && !e.pushOnly && now.Sub(e.fed) > e.patience():
		e.stalls++
		e.drop(now, "The hub is there but sends nothing.", 0)
	case now.Sub(e.spoke) > silence:
		e.send(now, protocol.Ping{})
	}
	if e.phase != live {
		return nil
	}
	return e.audit(ctx, now)
}

// patience is how long nothing may come down while the hub gives signs of life
// (SPEC P32).
func (e *Engine) patience() time.Duration {
	if e.behind {
		return rowsWithin
	}
	return idleWithin
}

// resumed connects anew: a connection from before a sleep or from another
// network is worth nothing, and its end might not be told for minutes.
func (e *Engine) resumed(now time.Time) {
	e.drop(now, "The network changed; connecting again.", 0)
	e.tries = 0
	e.dial()
}
