package hub

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"holdall/store"
)

// dutyLife is how long work rests after the node that did it has died without a
// word, and a little more: others ask three times in it.
const dutyLife = 10 * time.Second

// errDuty is work that another node has taken over.
var errDuty = errors.New("another node has taken over")

// Duty is a turn at a piece of work that this node does alone. Another turn, also
// of this node, is another Duty.
type Duty struct {
	server *Server
	name   string
	holder string
	token  int64
	end    context.CancelFunc // of the work
	over   atomic.Bool        // the work has ended, or is another node's
	// renewed is when the turn was last asked for and had.
	renewed atomic.Pointer[time.Time]
}

// Alone does a piece of work on one node at a time of those that share the
// database: it waits for its turn, works until the context ends or the work
// does, and gives the turn back. A node that cannot renew its turn is told by
// the end of the work's context and waits again; what it still writes with Keep
// is refused (SPEC P55).
func (s *Server) Alone(ctx context.Context, name string, work func(context.Context, *Duty) error) error {
	holder := uuid.NewString()
	ask := time.NewTicker(s.dutyLife / 3)
	defer ask.Stop()
	for {
		began := time.Now()
		d := &Duty{server: s, name: name, holder: holder}
		held, err := false, error(nil)
		d.token, held, err = d.take(ctx)
		if err != nil && ctx.Err() == nil {
			s.log.Error("ask for a turn", "duty", name, "error", err)
		}
		if held {
			d.renewed.Store(&began)
			if lost, err := d.hold(ctx, work); !lost {
				return errors.Join(err, d.drop(context.WithoutCancel(ctx)))
			}
			s.log.Info("another node has taken over", "duty", name)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ask.C:
		}
	}
}

// hold works and renews the turn meanwhile; lost: another node may work by now.
func (d *Duty) hold(ctx context.Context, work func(context.Context, *Duty) error) (lost bool, err error) {
	working, end := context.WithCancel(ctx)
	defer end()
	d.end = end
	done := make(chan error, 1)
	go func() {
		err := work(working, d)
		d.over.Store(true)
		done <- err
	}()
	tick := time.NewTicker(d.server.dutyLife / 3)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			return working.Err() != nil && ctx.Err() == nil, err
		case <-tick.C:
			began := time.Now()
			token, held, err := d.take(working)
			if held && token == d.token { // by another token it was another node's meanwhile
				d.renewed.Store(&began)
			} else if err == nil || !d.Holds() {
				d.over.Store(true)
				end()
			}
		}
	}
}

// take takes or renews the turn.
func (d *Duty) take(ctx context.Context) (token int64, held bool, err error) {
	if !d.server.engine.store.Shared() {
		held, err = d.server.engine.store.Sole(ctx)
		return 0, held, err
	}
	ctx, cancel := context.WithTimeout(ctx, d.server.dutyLife)
	defer cancel()
	err = d.server.engine.store.Update(ctx, func(tx *store.CentralTx) (err error) {
		token, held, err = tx.TakeDuty(d.name, d.holder, d.server.dutyLife)
		return err
	})
	return token, held && err == nil, err
}

func (d *Duty) drop(ctx context.Context) error {
	if !d.server.engine.store.Shared() {
		return nil
	}
	return d.server.engine.store.Update(ctx, func(tx *store.CentralTx) error { return tx.DropDuty(d.name, d.token) })
}

// Holds reports whether no other node can have taken over, as far as this one knows
// without asking. It is for what no transaction guards, such as the end of a mail. A
// nil Duty is work that nobody shares.
func (d *Duty) Holds() bool {
	if d == nil {
		return true
	}
	return !d.over.Load() && (!d.server.engine.store.Shared() || ago(*d.renewed.Load()) < d.server.dutyLife)
}

// ago is how long ago it was, by whichever of the machine's clocks says more: one
// stands still while the machine does, the other may be set back.
func ago(then time.Time) time.Duration {
	now := time.Now()
	return max(now.Sub(then), now.Round(0).Sub(then.Round(0)))
}

// Keep refuses the transaction if another node has taken over, and ends the work;
// and if the work has ended: what it had asked for and not waited for is the next
// turn's to do. A nil Duty is work that nobody shares.
func (d *Duty) Keep(tx *store.CentralTx) error {
	if d == nil {
		return nil
	}
	if d.over.Load() {
		return fmt.Errorf("%s: %w", d.name, errDuty)
	}
	if !d.server.engine.store.Shared() {
		return nil
	}
	held, err := tx.HoldsDuty(d.name, d.token)
	if err == nil && !held {
		d.end()
		err = fmt.Errorf("%s: %w", d.name, errDuty)
	}
	return err
}
