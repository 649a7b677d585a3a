package hub

import (
	"context"
	"fmt"
	"slices"
	"time"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/store"
)

// Commit carries out outcomes in one transaction, or none. A row that is no
// longer filed is passed over with its whole outcome.
func (s *MailSink) Commit(ctx context.Context, outcomes []intake.Outcome) error {
	open, err := s.open(ctx, outcomes)
	if err != nil || len(open) == 0 {
		return err
	}
	var mutations []desk.Mutation
	for _, o := range open {
		r := s.row(o.Entry)
		for i, m := range o.Mutations {
			// The place of a mail's mutations comes from its bytes, so whoever
			// converts it again makes the same records.
			m.Device, m.Mid = desk.DeviceID("mail-"+r.sha256), int64(i+1)
			mutations = append(mutations, m)
		}
	}
	now := time.Now()
	_, err = s.server.SubmitWith(ctx, desk.Principal{System: true}, mutations, func(tx *store.CentralTx) error {
		for _, o := range open {
			if err := s.settle(tx, o, now); err != nil {
				return err
			}
		}
		return s.queue(tx, open, now)
	})
	if err != nil {
		return err
	}
	s.forget(open, now)
	return nil
}

// open lists the outcomes whose rows still wait. They are among the oldest, so
// a short look at the ledger nearly always finds them all.
func (s *MailSink) open(ctx context.Context, outcomes []intake.Outcome) (open []intake.Outcome, err error) {
	s.mu.Lock()
	near := len(s.rows) + len(outcomes)
	s.mu.Unlock()
	err = s.store.View(ctx, func(tx *store.CentralTx) error {
		for _, limit := range []int{near, filedMost} {
			filed, err := filedMails(tx, limit)
			if err != nil {
				return err
			}
			open = slices.DeleteFunc(slices.Clone(outcomes), func(o intake.Outcome) bool {
				r := s.row(o.Entry)
				return !filed[[2]string{r.account, r.sha256}]
			})
			if len(open) == len(outcomes) {
				break
			}
		}
		return nil
	})
	return open, err
}

// filedMost is more than can wait between two groups.
const filedMost = 100_000

func filedMails(tx *store.CentralTx, limit int) (map[[2]string]bool, error) {
	ledger, err := tx.PendingMail(limit)
	filed := make(map[[2]string]bool, len(ledger))
	for _, l := range ledger {
		filed[[2]string{l.Account, l.SHA256}] = true
	}
	return filed, err
}

// settle writes what became of one mail, after its mutations ran: files, and
// the row. A mutation that was refused undoes the whole transaction.
func (s *MailSink) settle(tx *store.CentralTx, o intake.Outcome, now time.Time) error {
	r := s.row(o.Entry)
	if o.Message != "" {
		if _, err := tx.Get(desk.Message{ID: o.Message}.Key()); err != nil {
			return fmt.Errorf("the desk's rules refused the message of mail %s: %w", r.sha256, err)
		}
	}
	for _, f := range o.Files {
		if err := tx.PutBlob(f.SHA256, f.Data); err != nil {
			return err
		}
		if err := hold(tx, f.SHA256, o.Message); err != nil {
			return err
		}
	}
	state := store.MailConverted
	if o.State == intake.Quarantined {
		state = store.MailQuarantined
	}
	return tx.MarkMail(r.account, r.sha256, state, o.Reason, o.Ticket, o.Message)
}

// Retry counts a failed try; the row rests until due.
func (s *MailSink) Retry(ctx context.Context, id intake.EntryID, reason string, due time.Time) error {
	r := s.row(id)
	err := s.store.Update(ctx, func(tx *store.CentralTx) error {
		_, err := tx.CountTry(r.account, r.sha256, reason)
		return err
	})
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	r.due = due
	s.rows[id] = r
	return nil
}

func (s *MailSink) row(id intake.EntryID) row {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rows[id]
}

// forget takes settled rows out and counts what passed.
func (s *MailSink) forget(settled []intake.Outcome, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range settled {
		delete(s.rows, o.Entry)
		s.traffic.note(o.From, o.Reply != nil && s.Acknowledge, now)
	}
}
