package store

import (
	"fmt"
	"time"

	"holdall/desk"
)

// The states of a mail in the ledger.
const (
	MailFiled       = "filed"
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
	State       string // MailFiled, MailConverted, MailQuarantined
	Tries       int
	Reason      string
	Ticket      desk.TicketID
	Message     desk.MessageID
}

const mailColumns = "account, sha256, mailbox, uid_validity, uid, size, received_at, state, tries, reason, ticket, message"

// FileMail keeps the raw bytes of a mail before anybody tries to understand
// them. already: these bytes, or this place, were filed before.
func (tx *CentralTx) FileMail(l Ledger, raw []byte) (already bool, err error) {
	if err := tx.PutBlob(l.SHA256, raw); err != nil {
		return false, err
	}
	if l.State == "" {
		l.State = MailFiled
	}
	n, err := tx.exec("INSERT INTO mail ("+mailColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
		l.Account, l.SHA256, plainText(l.Mailbox), int64(l.UIDValidity), int64(l.UID), int64(len(raw)), instant(l.ReceivedAt),
		l.State, l.Tries, plainText(l.Reason), string(l.Ticket), string(l.Message))
	if err != nil || n > 0 {
		return false, err
	}
	return true, tx.samePlaceSameBytes(l)
}

// samePlaceSameBytes refuses other bytes at a place that is taken: RFC 9051
// forbids it, and to file nothing would lose a mail in silence.
func (tx *CentralTx) samePlaceSameBytes(l Ledger) error {
	var one int64
	found, err := tx.find("SELECT 1 FROM mail WHERE account = ? AND sha256 = ?", []any{l.Account, l.SHA256}, &one)
	if err == nil && !found {
		err = fmt.Errorf("mail %d of %s: its mailbox gave other bytes under the same UID before", l.UID, l.Mailbox)
	}
	return err
}

// PendingMail lists filed mails that were not converted yet, oldest first.
func (tx *CentralTx) PendingMail(limit int) ([]Ledger, error) { return tx.mails(MailFiled, limit) }

// Quarantine lists mails nothing could be made of, oldest first.
func (tx *CentralTx) Quarantine(limit int) ([]Ledger, error) {
	return tx.mails(MailQuarantined, limit)
}

func (tx *CentralTx) mails(state string, limit int) ([]Ledger, error) {
	return collect(tx.txn, "SELECT "+mailColumns+" FROM mail WHERE state = ? ORDER BY received_at, sha256 LIMIT ?", []any{state, limit},
		func(s scan) (Ledger, error) {
			var l Ledger
			var validity, uid, received int64
			err := s(&l.Account, &l.SHA256, &l.Mailbox, &validity, &uid, &l.Size, &received, &l.State, &l.Tries, &l.Reason, &l.Ticket, &l.Message)
			l.UIDValidity, l.UID, l.ReceivedAt = uint32(validity), uint32(uid), timeOf(received)
			return l, err
		})
}

// RawMail reads the bytes of a filed mail.
func (tx *CentralTx) RawMail(sha256 string) ([]byte, error) { return tx.Blob(sha256) }

// MarkMail notes what became of a mail.
func (tx *CentralTx) MarkMail(account, sha256, state, reason string, ticket desk.TicketID, message desk.MessageID) error {
	n, err := tx.exec("UPDATE mail SET state = ?, reason = ?, ticket = ?, message = ? WHERE account = ? AND sha256 = ?",
		state, plainText(reason), string(ticket), string(message), account, sha256)
	return mailKnown(n, sha256, err)
}

// CountTry notes one more attempt to convert a mail and returns their count.
func (tx *CentralTx) CountTry(account, sha256, reason string) (int, error) {
	n, err := tx.exec("UPDATE mail SET tries = tries + 1, reason = ? WHERE account = ? AND sha256 = ?", plainText(reason), account, sha256)
	if err := mailKnown(n, sha256, err); err != nil {
		return 0, err
	}
	var tries int
	_, err = tx.find("SELECT tries FROM mail WHERE account = ? AND sha256 = ?", []any{account, sha256}, &tries)
	return tries, err
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
