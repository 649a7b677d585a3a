package hub

import (
	"context"
	"maps"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// state is what a node reads of the database to learn what others did.
type state struct {
	epoch  string
	grants int64
	turns  map[desk.DeviceID]int64 // of the devices that are connected here
	heads  map[desk.BucketID]store.Head
}

// poll looks for what others have committed to the database: another node, or an
// administrator's command. A hint may be lost, the next poll is not (SPEC P51).
func (e *Engine) poll(ctx context.Context) error {
	now, err := e.look(ctx)
	if err != nil {
		return err
	}
	if now.epoch != e.epoch {
		e.begin(now.epoch, nil)
	}
	for _, s := range e.greeted() {
		if now.turns[s.device] > s.talk {
			e.replace(s)
		}
	}
	heads := make(map[desk.BucketID]int64, len(now.heads))
	for b, h := range now.heads {
		heads[b] = h.Seq
	}
	e.hear(heads)
	if now.grants != e.grants {
		e.grants = now.grants
		e.rescope(ctx, e.greeted())
	}
	return nil
}

// blinded tells of a look that was in vain. Where other nodes go on without this one
// its devices are sent away, who may meet another: they would wait here for what it
// cannot see.
func (e *Engine) blinded(err error) {
	e.do(Failed{err})
	if e.store.Shared() {
		e.cannotRead(e.greeted())
	}
}

func (e *Engine) look(ctx context.Context) (now state, err error) {
	devices := make([]desk.DeviceID, 0, len(e.order))
	for _, s := range e.greeted() {
		devices = append(devices, s.device)
	}
	err = e.store.View(ctx, func(tx *store.CentralTx) error {
		if now.epoch, err = tx.Epoch(); err != nil {
			return err
		}
		if now.grants, err = tx.Grants(); err != nil {
			return err
		}
		if now.turns, err = tx.Turns(devices); err != nil {
			return err
		}
		now.heads, err = tx.AllHeads()
		return err
	})
	return now, err
}

// hear takes in how far others have brought the buckets, and tells whoever
// waits for those that moved.
func (e *Engine) hear(heads map[desk.BucketID]int64) {
	moved := maps.Clone(heads)
	maps.DeleteFunc(moved, func(b desk.BucketID, seq int64) bool { return e.heads[b] == seq })
	if len(moved) == 0 {
		return
	}
	maps.Copy(e.heads, moved)
	e.do(Moved{Heads: moved, Elsewhere: true})
	e.stir(sortedKeys(moved))
}

// late drops what a hint says of buckets that are known to be as far already.
func (e *Engine) late(heads map[desk.BucketID]int64) map[desk.BucketID]int64 {
	maps.DeleteFunc(heads, func(b desk.BucketID, seq int64) bool { return seq <= e.heads[b] })
	return heads
}

// replace ends a session whose device talks to us, or to another node, anew.
func (e *Engine) replace(s *session) {
	e.bye(s, protocol.ByeReplaced, "This device has opened another connection.", 0)
}
