package post

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
)

// begin lets try at once what another post put off, or this one in a turn before,
// for what may be otherwise now: the sign-in that stands, a rest that has ended,
// another limit. Where sending rests that is how all that waits comes to wait for
// it (SPEC P82).
func (p *Post) begin(ctx context.Context) error {
	reasons := []desk.WaitReason{desk.WaitSignIn, desk.WaitRest}
	if p.Rests {
		reasons = []desk.WaitReason{desk.WaitSignIn, desk.WaitRate, desk.WaitUnreached, desk.WaitPutOff}
	}
	limit, err := json.Marshal(p.Limit)
	if err != nil {
		return err
	}
	before := ""
	err = p.store.View(ctx, func(tx *store.CentralTx) error {
		before, err = tx.Meta(p.metaLimit())
		return err
	})
	if err != nil {
		return err
	}
	changed := before != string(limit)
	if changed {
		reasons = append(reasons, desk.WaitRate)
	}
	if err := p.release(ctx, reasons...); err != nil || !changed {
		return err
	}
	return p.store.Update(ctx, func(tx *store.CentralTx) error {
		if err := p.duty.Keep(tx); err != nil {
			return err
		}
		return tx.SetMeta(p.metaLimit(), string(limit))
	})
}

// metaLimit holds the limit by which those that wait for it got their turns.
func (p *Post) metaLimit() string { return "mail.limit." + p.From.Email }

// releaseMost bounds one commit.
const releaseMost = 500

// release lets what waits for one of the reasons try at once, and what would wait by a
// clock that was put right since.
func (p *Post) release(ctx context.Context, reasons ...desk.WaitReason) error {
	for passed := 0; ; {
		var all, own []desk.Message
		now := time.Now()
		err := p.store.View(ctx, func(tx *store.CentralTx) (err error) {
			if all, err = tx.LaterReplies(now, passed, releaseMost); err != nil {
				return err
			}
			own, err = p.own(tx, all)
			return err
		})
		if err != nil {
			return err
		}
		freed := p.freed(own, reasons, now)
		if err := p.free(ctx, freed); err != nil || len(all) < releaseMost {
			return err
		}
		passed += len(all) - len(freed)
	}
}

// freed are those that wait for one of the reasons; that others wait for the limit
// or a rest is told. One that may have left keeps the time at which it is looked
// for, unless nothing but those two delays it.
func (p *Post) freed(own []desk.Message, reasons []desk.WaitReason, now time.Time) (freed []desk.Message) {
	for _, m := range own {
		tried := m.Wait.For != desk.WaitRest && m.Wait.For != desk.WaitRate
		if slices.Contains(reasons, m.Wait.For) && !(tried && m.Delivery == desk.DeliveryUnknown) || p.misdated(*m.Wait, now) {
			freed = append(freed, m)
		} else {
			p.holds(m.Wait.For, m.Wait.Next)
		}
	}
	return freed
}

// misdated reports whether a pause is of a clock that was ahead: it began in what is
// the future now, or ends later than any that a schedule makes.
func (p *Post) misdated(w desk.Wait, now time.Time) bool {
	return w.Since.After(now) || w.For != desk.WaitRate && w.Next.After(now.Add(p.Schedule.Patience()))
}

func (p *Post) free(ctx context.Context, list []desk.Message) error {
	if len(list) == 0 {
		return nil
	}
	now, acts := time.Now(), make([]hub.Act, len(list))
	for i, m := range list {
		wait := *m.Wait
		wait.Next = now
		if wait.Since.After(now) {
			wait.Since = now
		}
		if wait.For == desk.WaitRest { // what rested is given up no sooner for it
			wait.Tries = 0
		}
		acts[i] = hub.Act{Name: desk.ReplyDeliver, Ticket: m.Ticket, At: now, Args: desk.DeliverReply{Message: m.ID, Delivery: m.Delivery, Problem: m.Problem, Wait: &wait}}
	}
	return p.commit(ctx, func(tx *store.CentralTx) error { return p.keep(tx, list...) }, acts...)
}

// errRests is a mail that does not leave, for sending was paused since the post began.
var errRests = errors.New("sending rests by now")

// goes refuses a transaction that has a mail leave if sending rests by now, though
// whoever opened this post has yet to hear of it (SPEC P82).
func (p *Post) goes(tx *store.CentralTx) error {
	if p.Goes == nil {
		return nil
	}
	goes, err := p.Goes(tx)
	if err == nil && !goes {
		err = errRests
	}
	return err
}

// holds tells people that answers wait which the mail server would take.
func (p *Post) holds(reason desk.WaitReason, until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.Rests:
		p.stands.Holds = desk.WaitRest
	case reason == desk.WaitRate:
		p.stands.Holds = desk.WaitRate
		if until.After(p.held) {
			p.held = until
		}
	}
}
