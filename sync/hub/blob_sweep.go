package hub

import (
	"context"
	"time"

	"holdall/store"
)

const (
	sweepFirst = time.Minute // after the start, when the laptops have come back
	sweepEvery = time.Hour
	looseFor   = 30 * 24 * time.Hour // a file that nothing refers to is kept so long (SPEC P45)
	staleFor   = 7 * 24 * time.Hour  // as is an upload that does not go on
)

// sweep deletes now and then the files nobody refers to any more, on one node of
// several, until the context ends.
func (s *Server) sweep(ctx context.Context, _ *Duty) error {
	next := time.NewTimer(sweepFirst)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-next.C:
		}
		if err := Sweep(ctx, s.engine.store, time.Now()); err != nil && ctx.Err() == nil {
			s.log.Error("sweep files", "error", err)
		}
		next.Reset(sweepEvery)
	}
}

// Sweep notes which files nothing refers to any more, deletes those of which
// that was known 30 days ago, and gives up uploads that rest for a week. A file
// that is referred to again meanwhile stays.
func Sweep(ctx context.Context, central *store.Central, now time.Time) error {
	for {
		left := 0
		err := central.Update(ctx, func(tx *store.CentralTx) error {
			if err := tx.FindLoose(now); err != nil {
				return err
			}
			files, err := tx.DropLoose(now.Add(-looseFor))
			if err != nil {
				return err
			}
			uploads, err := tx.DropStale(now.Add(-staleFor))
			left = files + uploads
			return err
		})
		if err != nil || left == 0 {
			return err
		}
	}
}
