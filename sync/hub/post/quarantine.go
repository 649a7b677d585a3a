package post

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/store"
	"holdall/sync/hub"
)

// quarantineAtOnce is how many mails are told of in one transaction.
const quarantineAtOnce = 100

// named is 128 bits that name the thing of these words, the same in every run.
func named(words ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// MailboxID names a mailbox of an account.
func MailboxID(account, mailbox string) desk.MailboxID {
	return desk.MailboxID(named("mailbox", account, mailbox))
}

// QuarantineID names a mail by its place in the ledger.
func QuarantineID(account, sha256 string) desk.QuarantineID {
	return desk.QuarantineID(named("quarantine", account, sha256))
}

// tellQuarantine makes the records of quarantined mails say what the ledger says.
// The ledger is the truth: whatever was cut off, or written by a program that had
// no such records, is told the next time.
func (s *Sink) tellQuarantine(ctx context.Context, now time.Time) error {
	for {
		var acts []hub.Act
		err := s.store.View(ctx, func(tx *store.CentralTx) (err error) {
			acts, err = quarantineNews(tx, now)
			return err
		})
		if err != nil || len(acts) == 0 {
			return err
		}
		duty := s.turn()
		if err := s.server.Do(ctx, func(tx *store.CentralTx) error { return duty.Keep(tx) }, acts...); err != nil {
			return err
		}
		if len(acts) < quarantineAtOnce {
			return nil
		}
	}
}

// quarantineNews are the reports that bring the records to where the ledger is.
func quarantineNews(tx *store.CentralTx, now time.Time) ([]hub.Act, error) {
	var acts []hub.Act
	add := func(q desk.QuarantinedMail, err error) error {
		acts = append(acts, hub.Act{Name: desk.QuarantineReport, Args: q, At: now})
		return err
	}
	ended, err := tx.QuarantineEnded()
	if err != nil {
		return nil, err
	}
	for _, l := range ended[:min(len(ended), quarantineAtOnce)] {
		if err := add(settledMail(tx, l, now)); err != nil {
			return nil, err
		}
	}
	untold, err := tx.QuarantineUntold(quarantineAtOnce - len(acts))
	if err != nil {
		return nil, err
	}
	for _, l := range untold {
		if err := add(quarantinedMail(tx, l, now)); err != nil {
			return nil, err
		}
	}
	return acts, nil
}

// quarantinedMail is the record of a mail that lies in quarantine.
func quarantinedMail(tx *store.CentralTx, l store.Ledger, now time.Time) (desk.QuarantinedMail, error) {
	m, err := mailOf(tx, l)
	if err != nil {
		return desk.QuarantinedMail{}, err
	}
	q := desk.QuarantinedMail{
		ID: QuarantineID(l.Account, l.SHA256), Account: l.Account, SHA256: l.SHA256, Size: m.Size, Part: desk.KeptWhole,
		Mailbox: MailboxID(l.Account, strings.TrimSuffix(l.Mailbox, " "+l.SHA256)), ReceivedAt: l.ReceivedAt.UTC(),
		State: desk.InQuarantine, Reason: l.Reason, Tries: l.Tries + 1, At: now.UTC(),
	}
	switch {
	case len(m.Bytes) == 0:
		q.Part = desk.KeptNothing
	case m.Truncated:
		q.Part = desk.KeptBeginning
	}
	q.From, q.Subject, q.Head = intake.Head(m.Bytes)
	return q, nil
}

// settledMail is the record of a mail that became something after all.
func settledMail(tx *store.CentralTx, l store.Ledger, now time.Time) (desk.QuarantinedMail, error) {
	q, err := desk.Read[desk.QuarantinedMail](tx, desk.QuarantinedMail{ID: QuarantineID(l.Account, l.SHA256)}.Key())
	q.State, q.Reason, q.Ticket, q.Head, q.At = desk.QuarantineSettled, l.Reason, l.Ticket, nil, now.UTC()
	return q, err
}

// wanted reports whether a person wants a ticket of a mail whatever becomes of it.
func wanted(tx *store.CentralTx, l store.Ledger) (bool, error) {
	if l.Tries == 0 {
		return false, nil // it never came back
	}
	q, err := desk.Read[desk.QuarantinedMail](tx, desk.QuarantinedMail{ID: QuarantineID(l.Account, l.SHA256)}.Key())
	if errors.Is(err, desk.ErrUnknown) {
		return false, nil
	}
	return q.State == desk.QuarantineRetrying && q.Wish == desk.TicketMail, err
}
