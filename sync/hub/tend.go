package hub

import (
	"context"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// What a hub tends to beside its work (SPEC P27).
const (
	tendEvery = time.Hour
	dropsKept = 90 * 24 * time.Hour // at most; as long counts a device as living
	dropsLeft = 24 * time.Hour      // at least: so that none is taken from under a session
)

// tend notes how far the devices have come and removes the drops that nobody
// needs any more. It does no harm when several nodes do it, and when it fails
// the next hour will do.
func (e *Engine) tend(ctx context.Context, now time.Time) {
	if now.Sub(e.tended) < tendEvery {
		return
	}
	e.tended = now
	_ = e.store.Update(ctx, func(tx *store.CentralTx) error {
		for _, s := range e.greeted() {
			if len(s.credit.sizes) > 0 || len(s.cursors) == 0 {
				continue // it has yet to take in what it was sent
			}
			if err := tx.Seen(s.device, now); err != nil {
				return err
			}
			if err := tx.NoteApplied(s.device, s.whole()); err != nil {
				return err
			}
		}
		_, err := tx.SweepDrops(now.Add(-dropsKept), now.Add(-dropsLeft))
		return err
	})
}

// whole is how far the device has come in the buckets that are filled.
func (s *session) whole() map[desk.BucketID]int64 {
	at := make(map[desk.BucketID]int64, len(s.cursors))
	for b, seq := range s.cursors {
		if s.floors[b] == 0 {
			at[b] = seq
		}
	}
	return at
}

// applied is what a device says at HELLO of how far it has come.
func applied(hello protocol.Hello, heads map[desk.BucketID]store.Head) map[desk.BucketID]int64 {
	at := make(map[desk.BucketID]int64, len(hello.Cursors))
	for b, c := range hello.Cursors {
		if head, given := heads[b]; given && c.Epoch == head.Epoch && c.Seq > 0 && c.Floor == 0 {
			at[b] = c.Seq
		}
	}
	return at
}
