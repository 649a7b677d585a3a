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

	answersKept   = dropsKept // as long counts a device as living
	forgottenOnce = 1000      // answers of one transaction
)

// sweep deletes now and then the files nobody refers to any more and the answers
// nobody asks for, on one node of several, until the context ends.
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
// that is referred to again meanwhile stays. Answers to devices are forgotten when
// nobody living can ask for them again (SPEC R3).
func Sweep(ctx context.Context, central *store.Central, now time.Time) error {
	if err := findLoose(ctx, central, now); err != nil {
		return err
	}
	for _, some := range []func(*store.CentralTx) (int, error){
		func(tx *store.CentralTx) (int, error) { return tx.DropLoose(now.Add(-looseFor)) },
		func(tx *store.CentralTx) (int, error) { return tx.DropStale(now.Add(-staleFor)) },
		func(tx *store.CentralTx) (int, error) { return tx.ForgetResults(now.Add(-answersKept), forgottenOnce) },
	} {
		if err := untilNone(ctx, central, some); err != nil {
			return err
		}
	}
	return nil
}

// findLoose looks at all files, some in a transaction.
func findLoose(ctx context.Context, central *store.Central, now time.Time) error {
	for after, last := "", ""; ; {
		err := central.Update(ctx, func(tx *store.CentralTx) (err error) {
			last, err = tx.FindLoose(now, after)
			return err
		})
		if after = last; err != nil || after == "" {
			return err
		}
	}
}

// untilNone sweeps in transactions of some at a time, so that others write between
// them.
func untilNone(ctx context.Context, central *store.Central, some func(*store.CentralTx) (int, error)) error {
	for {
		swept := 0
		err := central.Update(ctx, func(tx *store.CentralTx) (err error) {
			swept, err = some(tx)
			return err
		})
		if err != nil || swept == 0 {
			return err
		}
	}
}
