package post

import (
	"context"
	"errors"
	"time"

	"holdall/mail/outgoing"
	"holdall/store"
)

const (
	noticeTries = 3
	noticePause = 30 * time.Second
)

// sendNotices sends the automatic answers that wait. They come after the replies
// of people, and count towards the limit like them. One is taken out before it is
// sent: an acknowledgement may be lost by a crash, never doubled.
func (p *Post) sendNotices(ctx context.Context) error {
	for ctx.Err() == nil {
		now := time.Now()
		if p.Rests || p.gate.shut() && now.Before(p.gate.until) || p.Limit.Any() && p.allowance(ctx, now) > 0 {
			return nil
		}
		var next notice
		var answer outgoing.Answer
		found := false
		err := p.store.Update(ctx, func(tx *store.CentralTx) (err error) {
			if err := p.duty.Keep(tx); err != nil {
				return err
			}
			if next, found, err = p.takeNotice(tx, now); err != nil || !found {
				return err
			}
			if answer, err = p.writeNotice(tx, next); err != nil {
				return err
			}
			if err := p.goes(tx); err != nil {
				return err
			}
			return p.spend(tx, now)
		})
		if errors.Is(err, errRests) {
			return nil
		}
		if err != nil || !found {
			return err
		}
		if err := p.sendNotice(ctx, next, answer, now); err != nil {
			return err
		}
	}
	return nil
}

func (p *Post) sendNotice(ctx context.Context, n notice, answer outgoing.Answer, now time.Time) error {
	mail, err := outgoing.Write(answer)
	if err != nil {
		p.log.Warn("an automatic answer cannot be written", "notice", n.ID, "error", err)
		return nil
	}
	failure, known := errors.AsType[*outgoing.Error](p.deliver(ctx, mail))
	if n.Tries++; !known || failure.Outcome != outgoing.Temporary || n.Tries >= noticeTries {
		return nil
	}
	n.Due = now.Add(max(noticePause<<n.Tries, failure.After))
	return p.store.Update(ctx, func(tx *store.CentralTx) error { return addNotices(tx, n) })
}
