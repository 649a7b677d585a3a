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
			if len(s.cursors) == 0 {
				continue
			}
			if err := tx.Seen(s.device, now); err != nil {
				return err
			}
			note := tx.NoteApplied
			if len(s.credit.sizes) > 0 {
				note = tx.NoteGiven // it has yet to take in what it was sent
			}
			if err := note(s.device, s.cursors); err != nil {
				return err
			}
		}
		_, err := tx.SweepDrops(now.Add(-dropsKept), now.Add(-dropsLeft))
		return err
	})
}

// hold notes how far a device has come in what it is given, and in what it holds
// besides: it may be given that again before it has heard that it lost it.
func hold(tx *store.CentralTx, device desk.DeviceID, cursors map[desk.BucketID]protocol.Cursor, given map[desk.BucketID]store.Head) error {
	var lost []desk.BucketID
	for b := range cursors {
		if _, still := given[b]; !still {
			lost = append(lost, b)
		}
	}
	heads, err := tx.Heads(lost)
	if err != nil {
		return err
	}
	at := applied(cursors, given)
	for b, seq := range applied(cursors, heads) {
		if seq > 0 {
			at[b] = seq
		}
	}
	return tx.NoteHeld(device, at)
}

// applied is how far a device has come in what it is given, by its cursors. One
// that has nothing yet of a bucket is filled from the head back, and needs what
// leaves the bucket from then on.
func applied(cursors map[desk.BucketID]protocol.Cursor, heads map[desk.BucketID]store.Head) map[desk.BucketID]int64 {
	at := make(map[desk.BucketID]int64, len(heads))
	for b, head := range heads {
		at[b] = head.Seq
		if c := cursors[b]; c.Epoch == head.Epoch && 0 < c.Seq && c.Seq < head.Seq {
			at[b] = c.Seq
		}
	}
	return at
}
