package store

import (
	"fmt"
	"slices"
	"time"

	"holdall/desk"
)

// The states of a mail in the ledger.
const (
	MailFiled       = "filed"
	MailResting     = "resting" // filed, after a failed try, and not due yet
	MailConverted   = "converted"
	MailQuarantined = "quarantined"
)

// Ledger is a mail that arrived: where it was found, its bytes by their
// SHA-256 (in hexadecimal), and what became of it.
type Ledger struct {
	Account     string
	Mailbox     string
	UIDValidity uint32 // RFC 9051 §2.3.1.1
	UID         uint32
	SHA256      string
	Size        int64 // bytes
	ReceivedAt  time.Time
	State       string // one of the above
	Tries       int
	Reason      string
	Ticket      desk.TicketID
	Message     desk.MessageID
}

const mailColumns = "account, sha256, mailbox, uid_validity, uid, size, received_at, state, tries, reason, ticket, message"

// mailOrder is the order mails came in: those of one second as their mailbox
// counts them (RFC 9051 §2.3.1.1), so that an answer never comes before what it
// answers.
const mailOrder = "received_at, account, mailbox, uid_validity, uid"

// FileMail keeps the raw bytes of a mail before anybody tries to understand
// them. already: these bytes, or this place, were filed before.
func (tx *CentralTx) FileMail(l Ledger, raw []byte) (already bool, err error) {
	if err := tx.PutBlob(l.SHA256, raw); err != nil {
		return false, err
	}
	if l.State == "" {
		l.State = MailFiled
	}
	n, err := tx.insertMail(l, len(raw))
	if err != nil || n > 0 {
		return false, err
	}
	var one int64
	if already, err = tx.find("SELECT 1 FROM mail WHERE account = ? AND sha256 = ?", []any{l.Account, l.SHA256}, &one); already || err != nil {
		return already, err
	}
	return tx.fileBeside(l, raw)
}

// fileBeside files a mail whose place is taken by another: by one that the
// server could not give then and gives now; or by other bytes, which RFC 9051
// §2.3.1.1 forbids, and the mail is one all the same.
func (tx *CentralTx) fileBeside(l Ledger, raw []byte) (already bool, err error) {
	if len(raw) == 0 {
		return true, nil // it could be read before
	}
	n, err := tx.exec("DELETE FROM mail WHERE account = ? AND mailbox = ? AND uid_validity = ? AND uid = ? AND size = 0 AND state = ?",
		l.Account, plainText(l.Mailbox), int64(l.UIDValidity), int64(l.UID), MailQuarantined)
	if err != nil {
		return false, err
	}
	if n == 0 {
		l.Mailbox += " " + l.SHA256
	}
	_, err = tx.insertMail(l, len(raw))
	return false, err
}

func (t *txn) insertMail(l Ledger, size int) (int64, error) {
	return t.exec("INSERT INTO mail ("+mailColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
		l.Account, l.SHA256, plainText(l.Mailbox), int64(l.UIDValidity), int64(l.UID), int64(size), instant(l.ReceivedAt),
		l.State, l.Tries, plainText(l.Reason), string(l.Ticket), string(l.Message))
}

// PendingMail lists filed mails that were not converted yet, oldest first.
func (tx *CentralTx) PendingMail(limit int) ([]Ledger, error) { return tx.mails(MailFiled, limit) }

// Quarantine lists mails nothing could be made of, oldest first.
func (tx *CentralTx) Quarantine(limit int) ([]Ledger, error) {
	return tx.mails(MailQuarantined, limit)
}

// NewestMail lists mails that were converted, newest first.
func (tx *CentralTx) NewestMail(limit int) ([]Ledger, error) {
	return tx.ledger("state = ? ORDER BY received_at DESC, account, sha256 LIMIT ?", MailConverted, limit)
}

func (tx *CentralTx) mails(state string, limit int) ([]Ledger, error) {
	return tx.ledger("state = ? ORDER BY "+mailOrder+" LIMIT ?", state, limit)
}

// ledger lists the mails for which a condition holds.
func (tx *CentralTx) ledger(where string, args ...any) ([]Ledger, error) {
	return collect(tx.txn, "SELECT "+mailColumns+" FROM mail WHERE "+where, args,
		func(s scan) (Ledger, error) {
			var l Ledger
			var validity, uid, received int64
			err := s(&l.Account, &l.SHA256, &l.Mailbox, &validity, &uid, &l.Size, &received, &l.State, &l.Tries, &l.Reason, &l.Ticket, &l.Message)
			l.UIDValidity, l.UID, l.ReceivedAt = uint32(validity), uint32(uid), timeOf(received)
			return l, err
		})
}

// MailboxOf is the account of the mailbox that the newest mail of a ticket's
// requester came to; empty if it has none. Mail held for agents speaks for nobody.
// The newest is the one the hub took last, which is the one that is answered: two
// mail servers share no clock, and tell seconds.
func (tx *CentralTx) MailboxOf(ticket desk.TicketID) (account string, err error) {
	thread, err := entities[desk.Message](tx.txn, desk.KindMessage, "SELECT body FROM message WHERE tree = ?", string(ticket))
	slices.SortFunc(thread, desk.InThread)
	for _, m := range slices.Backward(thread) {
		if err != nil || account != "" {
			break
		}
		if m.Kind == desk.FromRequester && !m.Suspect && m.Origin != nil {
			_, err = tx.find("SELECT account FROM mail WHERE sha256 = ? ORDER BY CASE WHEN message = ? THEN 0 ELSE 1 END, account LIMIT 1",
				[]any{m.Origin.SHA256, string(m.ID)}, &account)
		}
	}
	return account, err
}

// RawMail reads the bytes of a filed mail.
func (tx *CentralTx) RawMail(sha256 string) ([]byte, error) { return tx.Blob(sha256) }

// MarkMail notes what became of a mail.
func (tx *CentralTx) MarkMail(account, sha256, state, reason string, ticket desk.TicketID, message desk.MessageID) error {
	n, err := tx.exec("UPDATE mail SET state = ?, reason = ?, ticket = ?, message = ? WHERE account = ? AND sha256 = ?",
		state, plainText(reason), string(ticket), string(message), account, sha256)
	return mailKnown(n, sha256, err)
}

// RestMail notes a failed try to convert a mail, and when it is due again. One of
// which something was made meanwhile stays so: the try may have seemed to fail.
func (tx *CentralTx) RestMail(account, sha256, reason string, due time.Time) error {
	var state string
	known, err := tx.find("SELECT state FROM mail WHERE account = ? AND sha256 = ?", []any{account, sha256}, &state)
	if err != nil || !known {
		return mailKnown(0, sha256, err)
	}
	return tx.do("UPDATE mail SET state = ?, tries = tries + 1, reason = ?, due = ? WHERE account = ? AND sha256 = ? AND state IN (?, ?)",
		MailResting, plainText(reason), instant(due), account, sha256, MailFiled, MailResting)
}

// MailDue reports whether a mail has rested long enough: until it is due, or for so
// long that its time is of a clock that was put right since; no pause takes most.
func (tx *CentralTx) MailDue(now time.Time, most time.Duration) (bool, error) {
	var one int64
	return tx.find("SELECT 1 FROM mail WHERE state = 'resting' AND (due <= ? OR due > ?) LIMIT 1", []any{instant(now), instant(now.Add(most))}, &one)
}

// WakeMail files again what has rested long enough, as MailDue has it.
func (tx *CentralTx) WakeMail(now time.Time, most time.Duration) error {
	return tx.do("UPDATE mail SET state = ? WHERE state = 'resting' AND (due <= ? OR due > ?)", MailFiled, instant(now), instant(now.Add(most)))
}

// MailWaits reports whether nothing was made of a mail yet.
func (tx *CentralTx) MailWaits(account, sha256 string) (bool, error) {
	var state string
	_, err := tx.find("SELECT state FROM mail WHERE account = ? AND sha256 = ?", []any{account, sha256}, &state)
	return state == MailFiled || state == MailResting, err
}

func mailKnown(n int64, sha256 string, err error) error {
	if err == nil && n == 0 {
		return fmt.Errorf("mail %s: %w", sha256, desk.ErrUnknown)
	}
	return err
}

// Position reads how far a mailbox was read; zeros if it never was.
// highestModSeq is that of RFC 7162.
func (tx *CentralTx) Position(account, mailbox string) (uidValidity, lastUID uint32, highestModSeq uint64, err error) {
	var validity, uid, modseq int64
	_, err = tx.find("SELECT uid_validity, last_uid, highest_modseq FROM mailbox WHERE account = ? AND mailbox = ?",
		[]any{account, plainText(mailbox)}, &validity, &uid, &modseq)
	return uint32(validity), uint32(uid), uint64(modseq), err
}

// SetPosition notes how far a mailbox was read.
func (tx *CentralTx) SetPosition(account, mailbox string, uidValidity, lastUID uint32, highestModSeq uint64) error {
	return tx.do("INSERT INTO mailbox (account, mailbox, uid_validity, last_uid, highest_modseq) VALUES (?, ?, ?, ?, ?)"+
		" ON CONFLICT (account, mailbox) DO UPDATE SET uid_validity = excluded.uid_validity, last_uid = excluded.last_uid, highest_modseq = excluded.highest_modseq",
		account, plainText(mailbox), int64(uidValidity), int64(lastUID), int64(highestModSeq))
}

// FirstMail is the lowest UID of the mails of a mailbox that are dated from an instant
// on; 0 if there is none.
func (tx *CentralTx) FirstMail(account, mailbox string, uidValidity uint32, since time.Time) (uint32, error) {
	var uid int64
	_, err := tx.find("SELECT uid FROM mail WHERE account = ? AND mailbox = ? AND uid_validity = ? AND received_at >= ? ORDER BY uid LIMIT 1",
		[]any{account, plainText(mailbox), int64(uidValidity), instant(since)}, &uid)
	return uint32(uid), err
}

// BeginMailbox notes since when a mailbox is read; the first time counts.
func (tx *CentralTx) BeginMailbox(account, mailbox string, now time.Time) error {
	return tx.do("INSERT INTO mailbox (account, mailbox, uid_validity, last_uid, highest_modseq, since) VALUES (?, ?, 0, 0, 0, ?) ON CONFLICT DO NOTHING",
		account, plainText(mailbox), instant(now))
}

// MailboxSince reads since when a mailbox is read; zero if it always was.
func (tx *CentralTx) MailboxSince(account, mailbox string) (time.Time, error) {
	var since int64
	_, err := tx.find("SELECT since FROM mailbox WHERE account = ? AND mailbox = ?", []any{account, plainText(mailbox)}, &since)
	if err != nil || since == 0 {
		return time.Time{}, err
	}
	return timeOf(since), nil
}
