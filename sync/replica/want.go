package replica

import (
	"context"
	"slices"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// Wanting says that other archives are wanted.
type Wanting struct{}

func (Wanting) event() {}

// Want notes that an archive is wanted on this device, or not any more, also
// without a connection. The hub decides (SPEC P28). The caller then lets Wanting
// happen.
func (e *Engine) Want(ctx context.Context, b desk.BucketID, wanted bool) error {
	if _, _, ok := b.Archive(); !ok {
		return desk.Refuse(desk.CodeValidation, "%q is no archive; choose a team and a month.", b)
	}
	return e.store.Update(ctx, func(tx *store.ReplicaTx) error {
		have, err := tx.Wanted()
		if err != nil {
			return err
		}
		if wanted && len(have) >= protocol.WantMost && !slices.Contains(have, b) {
			return desk.Refuse(desk.CodeQuota, "This device has %d months already; drop one first.", protocol.WantMost)
		}
		return tx.Want(b, wanted)
	})
}

func (e *Engine) wanted(ctx context.Context) (list []desk.BucketID, err error) {
	err = e.store.View(ctx, func(tx *store.ReplicaTx) error {
		list, err = tx.Wanted()
		return err
	})
	return list, err
}

// wantMore tells of wishes that came after HELLO.
func (e *Engine) wantMore(ctx context.Context, now time.Time) error {
	list, err := e.wanted(ctx)
	if err != nil || slices.Equal(list, e.named) {
		return err
	}
	return e.tellWanted(ctx, now)
}

// tellWanted names the archives that are wanted to a hub that gives any.
func (e *Engine) tellWanted(ctx context.Context, now time.Time) error {
	if e.phase != live || !e.archives {
		return nil
	}
	list, err := e.wanted(ctx)
	if err == nil {
		e.send(now, protocol.Want{Buckets: list})
	}
	return err
}
