package post

import (
	"context"
	"fmt"
	"time"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/store"
)

// Commit carries out outcomes in one transaction, or none. A row that is no
// longer filed is passed over with its whole outcome.
func (s *Sink) Commit(ctx context.Context, outcomes []intake.Outcome) error {
	open, err := s.open(ctx, outcomes)
	if err != nil {
		return err
	}
	if len(open) == 0 {
		s.forget(outcomes)
		return nil
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
	now, duty := time.Now(), s.turn()
	_, err = s.server.SubmitWith(ctx, desk.Principal{System: true}, mutations, func(tx *store.CentralTx) error {
		if err := duty.Keep(tx); err != nil {
			return err
		}
		for _, o := range open {
			if err := s.settle(tx, o, now); err != nil {
				return err
			}
		}
		if err := s.count(tx, open, now); err != nil {
			return err
		}
		return s.queue(tx, open, now)
	})
	if err != nil {
		return err
	}
	s.forget(outcomes)
	return nil
}

// open lists the outcomes whose rows still wait.
func (s *Sink) open(ctx context.Context, outcomes []intake.Outcome) (open []intake.Outcome, err error) {
	err = s.store.View(ctx, func(tx *store.CentralTx) error {
		open = nil
		for _, o := range outcomes {
			r := s.row(o.Entry)
			waits, err := tx.MailWaits(r.account, r.sha256)
			if err != nil {
				return err
			}
			if waits {
				open = append(open, o)
			}
		}
		return nil
	})
	return open, err
}

// settle writes what became of one mail, after its mutations ran: files, and
// the row. A mutation that was refused undoes the whole transaction.
func (s *Sink) settle(tx *store.CentralTx, o intake.Outcome, now time.Time) error {
	r := s.row(o.Entry)
	if o.Message != "" {
		m, err := tx.Get(desk.Message{ID: o.Message}.Key())
		if err != nil {
			return fmt.Errorf("the desk's rules refused the message of mail %s: %w", r.sha256, err)
		}
		if err := tx.HoldBlob(r.sha256, o.Message); err != nil { // who can read the message may see the mail
			return err
		}
		if err := callMeeting(tx, m.(desk.Message)); err != nil {
			return err
		}
	}
	for _, f := range o.Files {
		if err := tx.PutBlob(f.SHA256, f.Data); err != nil {
			return err
		}
		if err := tx.HoldBlob(f.SHA256, o.Message); err != nil {
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
func (s *Sink) Retry(ctx context.Context, id intake.EntryID, reason string, due time.Time) error {
	r, duty := s.row(id), s.turn()
	err := s.store.Update(ctx, func(tx *store.CentralTx) error {
		if err := duty.Keep(tx); err != nil {
			return err
		}
		return tx.RestMail(r.account, r.sha256, reason, due)
	})
	if err == nil {
		s.forget([]intake.Outcome{{Entry: id}})
	}
	return err
}

func (s *Sink) row(id intake.EntryID) row {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rows[id]
}

// forget takes rows out that were settled or rest.
func (s *Sink) forget(outcomes []intake.Outcome) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range outcomes {
		delete(s.rows, o.Entry)
	}
}
