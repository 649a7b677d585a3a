package post

import (
	"context"
	"time"

	"holdall/mail/intake"
	"holdall/store"
)

// trafficSpan is how far back intake may ask what passed, and a bit more.
const trafficSpan = 2 * time.Hour

// Traffic counts what passed since a time. It is kept with the mails: a loop
// does not begin anew with the process.
func (s *Sink) Traffic(ctx context.Context, email string, since time.Time) (intake.Traffic, error) {
	return look(ctx, s, func(tx *store.CentralTx) (sum intake.Traffic, err error) {
		sum.Mails, sum.Replies, sum.Total, err = tx.Traffic(email, since)
		return sum, err
	})
}

// count notes what passed with the outcomes of a group.
func (s *Sink) count(tx *store.CentralTx, outcomes []intake.Outcome, now time.Time) error {
	for _, o := range outcomes {
		if o.From == "" {
			continue
		}
		if err := tx.NoteTraffic(o.From, s.answers(o), now); err != nil {
			return err
		}
	}
	return tx.ForgetTraffic(now.Add(-trafficSpan))
}
