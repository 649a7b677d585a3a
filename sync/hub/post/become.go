package post

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"holdall/desk"
	"holdall/mail/outgoing"
	"holdall/store"
)

// say notes what became of a reply that stands as being sent, though nothing is
// sent now: this node could not write it down before, or the one before it ended.
func (p *Post) say(ctx context.Context, m desk.Message) error {
	if known, ok := p.unsaid[m.ID]; ok {
		return p.became(ctx, known.reply, known.err)
	}
	d := desk.DeliverReply{Delivery: desk.DeliveryUnknown, Problem: "The hub ended while the answer was being sent."}
	if d.Wait = m.Wait; d.Wait != nil {
		d.Wait.Next = time.Now()
	}
	return p.note(ctx, m, d, nil)
}

// became notes what the mail server made of a reply. Where it cannot, on a full
// disk perhaps, it is known until it can.
func (p *Post) became(ctx context.Context, m desk.Message, err error) error {
	told := p.tell(ctx, m, err)
	if told == nil {
		delete(p.unsaid, m.ID)
	}
	return told
}

func (p *Post) tell(ctx context.Context, m desk.Message, err error) error {
	failure, known := errors.AsType[*outgoing.Error](err)
	switch {
	case err == nil:
		return p.left(ctx, m)
	case !known || failure.Outcome == outgoing.Unknown:
		m.Delivery = desk.DeliveryUnknown
		return p.putOff(ctx, m, desk.WaitUnreached, 0, "The connection to the mail server broke before it answered; the answer may have left.")
	case failure.Outcome == outgoing.Temporary:
		return p.refused(ctx, m, failure)
	}
	p.log.Warn("a reply was refused", "message", m.ID, "error", err)
	whom := cmp.Or(strings.Join(failure.Recipients, " and "), "the answer")
	return p.fail(ctx, m, desk.DeliverReply{Problem: "The mail server refused " + whom + ": " + failure.Words() + ".", Permanent: len(failure.Recipients) > 0})
}

// left notes that a reply is the mail server's now, and lets others try it too if
// it was out of reach.
func (p *Post) left(ctx context.Context, m desk.Message) error {
	err := p.note(ctx, m, desk.DeliverReply{Delivery: desk.DeliverySent}, func(tx *store.CentralTx) error {
		if p.Copy == nil {
			return tx.DropOutgoing(m.ID)
		}
		return tx.OweCopy(m.ID, time.Now())
	})
	poke(p.copies)
	p.took(time.Now())
	if err != nil || p.taken {
		return err
	}
	p.swing(gate{})
	p.taken = true
	return p.release(ctx, desk.WaitUnreached, desk.WaitSignIn)
}

// fail puts a reply that will not leave by itself before the people of its ticket.
// Its mail is forgotten: who tries again may have corrected an address.
func (p *Post) fail(ctx context.Context, m desk.Message, d desk.DeliverReply) error {
	d.Delivery = desk.DeliveryFailed
	return p.note(ctx, m, d, func(tx *store.CentralTx) error { return tx.DropOutgoing(m.ID) })
}
