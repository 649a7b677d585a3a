package replica

import (
	"cmp"
	"context"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// metaEpoch is the epoch of the hub that the cursors speak of. It stands beside
// them: a power cut may take from the replica what the outbox keeps.
const metaEpoch = "epoch"

// MetaRestored holds the time of the hub at which this device met it in another life
// than before, until its person has put the notice aside (SPEC P17).
const MetaRestored = "restored"

// stand tells how far the buckets were read, and in which epoch of the hub; one
// that does not say so holds them of the epoch the device knows.
func (e *Engine) stand(ctx context.Context, known string) (epoch string, at map[desk.BucketID]protocol.Cursor, err error) {
	at = map[desk.BucketID]protocol.Cursor{}
	err = e.store.View(ctx, func(tx *store.ReplicaTx) error {
		noted, err := tx.Meta(metaEpoch)
		if err != nil {
			return err
		}
		epoch = cmp.Or(noted, known)
		have, err := tx.Cursors()
		for b, c := range have {
			at[b] = protocol.Cursor{Epoch: c.Epoch, Seq: c.Seq, Floor: c.Floor}
		}
		return err
	})
	return epoch, at, err
}

// outlived asks once more for what the hub answered in another epoch and what has
// not come down since: the sequences of such an answer count another life of the
// buckets, which these may never reach (SPEC R10).
func (e *Engine) outlived(ctx context.Context, epoch, known string) error {
	noted, _, err := e.stand(ctx, known)
	if err != nil || known == epoch && noted == epoch {
		return err
	}
	e.pending = nil // to be read
	return e.store.Unanswer(ctx)
}

// given notes the buckets that a hub gives. What was read of another epoch of the
// hub is of no epoch from here on, until the RESET of each bucket has come: the
// connection may end before (SPEC P12).
func (e *Engine) given(ctx context.Context, w protocol.Welcome, known string) error {
	return e.store.Update(ctx, func(tx *store.ReplicaTx) error {
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
		noted, err := tx.Meta(metaEpoch)
		if err != nil || noted == w.Epoch {
			return err
		}
		if before := cmp.Or(noted, known); before != w.Epoch {
			if before != "" {
				if err := tx.SetMeta(MetaRestored, w.Time.UTC().Format(time.RFC3339Nano)); err != nil {
					return err
				}
			}
			for b, c := range have {
				c.Epoch = 0
				if err := tx.SetCursor(b, c); err != nil {
					return err
				}
			}
		}
		return tx.SetMeta(metaEpoch, w.Epoch)
	})
}
