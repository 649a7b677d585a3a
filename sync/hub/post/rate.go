package post

import (
	"context"
	"encoding/json"
	"time"

	"holdall/mail/outgoing"
	"holdall/store"
)

// metaRate holds how far a mailbox has used its limit.
func (p *Post) metaRate() string { return "mail.rate." + p.From.Email }

func (p *Post) meter(tx *store.CentralTx) (m outgoing.Meter, err error) {
	text, err := tx.Meta(p.metaRate())
	if err != nil || text == "" {
		return m, err
	}
	return m, json.Unmarshal([]byte(text), &m)
}

// allowance is how long no mail may leave.
func (p *Post) allowance(ctx context.Context, now time.Time) (wait time.Duration) {
	err := p.store.View(ctx, func(tx *store.CentralTx) error {
		meter, err := p.meter(tx)
		if err == nil {
			_, wait = p.Limit.Take(meter, now)
			p.booked = p.booked.Later(meter)
		}
		return err
	})
	if err != nil { // what sends next finds the same fault, and stops
		p.log.Error("read how many mails have left", "error", err)
	}
	return wait
}

// spend counts a mail that is about to leave, in the transaction that says so.
func (p *Post) spend(tx *store.CentralTx, now time.Time) error {
	if !p.Limit.Any() {
		return nil
	}
	meter, err := p.meter(tx)
	if err != nil {
		return err
	}
	meter, _ = p.Limit.Take(meter, now)
	text, err := json.Marshal(meter)
	if err != nil {
		return err
	}
	return tx.SetMeta(p.metaRate(), string(text))
}

// book is when the next reply may leave after all that wait already.
func (p *Post) book(now time.Time) time.Time {
	booked, wait := p.Limit.Take(p.booked, now)
	if wait > 0 {
		now = now.Add(wait)
		booked, _ = p.Limit.Take(p.booked, now)
	}
	p.booked = booked
	return now
}
