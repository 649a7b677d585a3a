package post

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"holdall/desk"
	"holdall/mail/outgoing"
	"holdall/store"
)

// step takes a reply one step on its way; moved: it is not due any more.
func (p *Post) step(ctx context.Context, m desk.Message) (moved bool, err error) {
	if m.Delivery == desk.DeliverySending {
		return true, p.say(ctx, m)
	}
	if !m.Whole() { // its files are still on their way (SPEC P44)
		return false, nil
	}
	behind, err := p.behind(ctx, m)
	if err != nil || behind {
		return false, err
	}
	if stranded, err := p.strand(ctx, m); stranded || err != nil {
		return err == nil, err
	}
	if m.Delivery == desk.DeliveryUnknown && p.Sent != nil {
		settled, err := p.settle(ctx, m)
		if settled || err != nil {
			return err == nil, err
		}
	}
	if err := p.send(ctx, m); !errors.Is(err, errRests) {
		return true, err
	}
	return false, nil
}

// behind reports whether an earlier reply of the ticket to one of the same people
// has to leave first. One whose files are still on their way, or whose mailbox sends
// no more, lets others pass.
func (p *Post) behind(ctx context.Context, m desk.Message) (behind bool, err error) {
	err = p.store.View(ctx, func(tx *store.CentralTx) error {
		behind = false
		before, err := tx.RepliesUnderway(m.Ticket)
		if err != nil || len(before) < 2 {
			return err
		}
		t, err := desk.Read[desk.Ticket](tx, desk.Ticket{ID: m.Ticket}.Key())
		if err != nil {
			return err
		}
		for _, e := range before {
			if e.ID == m.ID || behind {
				return nil
			}
			stranded, err := p.stranded(tx, e)
			if err != nil {
				return err
			}
			if !e.Whole() || stranded != "" {
				continue
			}
			if behind, err = meet(tx, t, e, m); err != nil {
				return err
			}
		}
		return nil
	})
	return behind, err
}

// meet reports whether two replies of a ticket go to one of the same people.
func meet(tx *store.CentralTx, t desk.Ticket, a, b desk.Message) (bool, error) {
	ours, err := recipients(tx, t, a)
	if err != nil {
		return false, err
	}
	theirs, err := recipients(tx, t, b)
	ours, theirs = append(ours, envelope(a.Cc)...), append(theirs, envelope(b.Cc)...)
	return slices.ContainsFunc(ours, func(x outgoing.Address) bool {
		return slices.ContainsFunc(theirs, func(y outgoing.Address) bool { return strings.EqualFold(x.Email, y.Email) })
	}), err
}

// settle looks for a reply that may have left among the sent mails. settled: there
// is nothing more to be done about it now.
func (p *Post) settle(ctx context.Context, m desk.Message) (settled bool, err error) {
	id := m.MailID
	if id == "" {
		id = p.Signature.MessageID(string(m.Ticket), string(m.ID))
	}
	there, err := p.Sent(ctx, id)
	if err != nil {
		if ctx.Err() != nil {
			return true, nil
		}
		p.log.Warn("look for a reply among the sent mails", "message", m.ID, "error", err)
		return true, p.putOff(ctx, m, desk.WaitSent, 0, "It may have left, and the sent mails cannot be looked through just now.")
	}
	if !there {
		return false, nil
	}
	drop := func(tx *store.CentralTx) error { return tx.DropOutgoing(m.ID) }
	return true, p.note(ctx, m, desk.DeliverReply{Delivery: desk.DeliverySent, MailID: id}, drop)
}

// send lets one reply leave, in three durable steps: its mail and that it is being
// sent, the mail server, what became of it.
func (p *Post) send(ctx context.Context, m desk.Message) error {
	mail, fresh, err := p.mail(ctx, m)
	if bad, ok := errors.AsType[*unwritable](err); ok {
		return p.fail(ctx, m, desk.DeliverReply{Problem: "The answer could not be written as a mail: " + bad.Error() + "."})
	}
	if err != nil {
		return err
	}
	err = p.note(ctx, m, desk.DeliverReply{Delivery: desk.DeliverySending, MailID: mail.MailID, Wait: m.Wait}, func(tx *store.CentralTx) error {
		if now, err := desk.Read[desk.Message](tx, m.Key()); err != nil || now.Delivery != desk.DeliverySending {
			return errors.Join(err, errElsewhere)
		}
		if err := p.goes(tx); err != nil {
			return err
		}
		if err := p.spend(tx, time.Now()); err != nil || !fresh {
			return err
		}
		return tx.PutOutgoing(mail)
	})
	if err != nil {
		return err
	}
	err = p.deliver(ctx, outgoing.Mail{From: mail.Sender, To: mail.Recipients, Raw: mail.Raw})
	if errors.Is(err, outgoing.ErrHeldBack) {
		return err // whoever has the turn finds it as that of a node that died
	}
	p.unsaid[m.ID] = result{m, err}
	// What became of it is written down even while the hub is being stopped.
	return p.became(context.WithoutCancel(ctx), m, err)
}

// unwritable is a reply of which no mail can be made, today or tomorrow.
type unwritable struct{ error }

// mail reads the mail of a reply, and writes it the first time, or anew where the
// mailbox that did not take it sends no more.
func (p *Post) mail(ctx context.Context, m desk.Message) (mail store.Outgoing, fresh bool, err error) {
	var answer outgoing.Answer
	err = p.store.View(ctx, func(tx *store.CentralTx) error {
		mail, err = tx.OutgoingOf(m.ID)
		if err == nil && p.wrote(mail.Sender) || err != nil && !errors.Is(err, desk.ErrUnknown) {
			return err
		}
		fresh = true
		if answer, err = p.write(tx, m); errors.Is(err, desk.ErrUnknown) {
			err = &unwritable{err}
		}
		return err
	})
	if err != nil || !fresh {
		return mail, fresh, err
	}
	written, err := outgoing.Write(answer)
	if err != nil {
		err = &unwritable{err}
	}
	return store.Outgoing{Message: m.ID, MailID: answer.MessageID, Sender: written.From, Recipients: written.To, Raw: written.Raw}, true, err
}

// deliver hands a mail to the mail server. When the hub is stopped meanwhile it
// gets a little time to end well: a mail that is cut off would be unknown. If the
// turn may be another node's by then, it does not leave (SPEC P55).
func (p *Post) deliver(ctx context.Context, m outgoing.Mail) error {
	m.Leaves = p.duty.Holds
	sending, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(finishWithin, cut) })()
	return p.Send(sending, m)
}
