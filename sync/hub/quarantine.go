package hub

import (
	"context"
	"errors"
	"fmt"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// quarantineAfter is how many tries a mutation gets whose execution fails by a
// fault of ours, before it is set aside so that its queue goes on (SPEC R18).
const quarantineAfter = 20

// faulty is a mutation whose execution fails, whatever the state of the disk or
// of the server.
type faulty struct {
	index int // in its submission
	mid   int64
	err   error
}

func (f *faulty) Error() string { return f.err.Error() }
func (f *faulty) Unwrap() error { return f.err }

// blamed is the mutation an error speaks of: not where it is trouble with the
// database, which says so in a sentence and passes, or where the hub is stopped.
func blamed(err error) *faulty {
	var f *faulty
	var trouble *desk.Error
	if !errors.As(err, &f) || errors.As(err, &trouble) || errors.Is(err, context.Canceled) {
		return nil
	}
	return f
}

// endure takes in what stands before the faulty mutation and counts the try. The
// device comes back after a growing while; at last the mutation is parked.
func (e *Engine) endure(ctx context.Context, now time.Time, sub *submission, f *faulty) {
	if f.index > 0 {
		e.execute(ctx, now, []*submission{{session: sub.session, mutations: sub.mutations[:f.index], parked: sub.parked}})
	}
	tries, err := e.countTry(ctx, sub.session.device, f.mid)
	e.do(Failed{errors.Join(fmt.Errorf("try %d of %d: %w", tries, quarantineAfter, f), err)})
	if tries < quarantineAfter {
		e.bye(sub.session, protocol.ByeInternal, "The hub could not save your changes; they are kept and sent again.", comeBack(tries))
		return
	}
	e.execute(ctx, now, []*submission{{session: sub.session, mutations: sub.mutations[f.index:], left: sub.left, parked: f.mid}})
}

// comeBack is how many seconds a device waits before the next try: 5, 10, 20, 40,
// then a minute.
func comeBack(tries int) int { return min(5<<min(max(tries-1, 0), 4), 60) }

func metaTries(device desk.DeviceID) string { return "tries." + string(device) }

// countTry counts the failed tries of the mutation a device's queue stands at.
func (e *Engine) countTry(ctx context.Context, device desk.DeviceID, mid int64) (tries int, err error) {
	err = e.store.Update(ctx, func(tx *store.CentralTx) error {
		text, err := tx.Meta(metaTries(device))
		if err != nil {
			return err
		}
		var of int64
		if n, _ := fmt.Sscanf(text, "%d %d", &of, &tries); n < 2 || of != mid {
			tries = 0
		}
		tries++
		return tx.SetMeta(metaTries(device), fmt.Sprintf("%d %d", mid, tries))
	})
	return tries, err
}

// park gives a mutation back to its author whole, in place of executing it.
func (o *outcome) park(tx *store.CentralTx, book *ledger, m desk.Mutation, env desk.Env) error {
	said := desk.Refuse(desk.CodeInternal, "The hub failed to carry this out %d times, by a fault of its own; nothing of it was done and all of it is kept here. Tell your admin.", quarantineAfter)
	change, err := reject(tx, m, env.Actor, said, env.Now)
	if err != nil {
		return err
	}
	touched, err := book.enter(tx, change)
	o.add(desk.Result{Mid: m.Mid, Status: desk.Quarantined, Code: said.Code, Message: said.Message}, touched, true)
	return err
}
