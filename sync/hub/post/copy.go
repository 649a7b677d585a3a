package post

import (
	"context"
	"time"

	"holdall/desk"
	"holdall/mail/outgoing"
	"holdall/store"
)

const (
	copyEvery  = 15 * time.Second // without a hint the owed copies are looked at so often
	copyAtOnce = 20
)

// keepCopies puts what has left among the sent mails until the context ends. It
// is work of its own: a mailbox that is slow or full keeps no answer from leaving.
func (p *Post) keepCopies(ctx context.Context) {
	tick := time.NewTicker(copyEvery)
	defer tick.Stop()
	for {
		if err := p.copyDue(ctx); err != nil && ctx.Err() == nil {
			p.log.Error("keep copies of replies", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-p.copies:
		case <-tick.C:
		}
	}
}

func (p *Post) copyDue(ctx context.Context) error {
	for ctx.Err() == nil {
		var due []desk.MessageID
		err := p.store.View(ctx, func(tx *store.CentralTx) (err error) {
			due, err = tx.DueCopies(p.From.Email, time.Now(), p.Schedule.Patience(), copyAtOnce)
			return err
		})
		if err != nil || len(due) == 0 {
			return err
		}
		for _, id := range due {
			if err := p.copyOne(ctx, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// copyOne puts one copy where it belongs, or lets it rest. It looks first: the
// server may have filed the mail itself, and so may we before a crash.
func (p *Post) copyOne(ctx context.Context, id desk.MessageID) error {
	var mail store.Outgoing
	err := p.store.View(ctx, func(tx *store.CentralTx) (err error) {
		mail, err = tx.OutgoingOf(id)
		return err
	})
	if err != nil {
		return err
	}
	there, err := false, error(nil)
	if p.Sent != nil {
		there, err = p.Sent(ctx, mail.MailID)
	}
	if err == nil && !there {
		err = p.Copy(ctx, outgoing.Mail{Raw: mail.Raw, Leaves: p.duty.Holds})
	}
	if ctx.Err() != nil {
		return nil
	}
	next, again := p.Schedule.Next(time.Now(), mail.Left, mail.Copies+1, 0)
	if err != nil {
		p.log.Warn("a copy of a reply cannot be kept", "message", id, "again", again, "error", err)
	}
	return p.store.Update(ctx, func(tx *store.CentralTx) error {
		if err := p.duty.Keep(tx); err != nil {
			return err
		}
		if err != nil && again {
			return tx.RestCopy(id, next)
		}
		return tx.DropOutgoing(id)
	})
}
