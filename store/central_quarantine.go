package store

import (
	"time"

	"holdall/desk"
)

// MailDismissed is a quarantined mail that a person put aside.
const MailDismissed = "dismissed"

// Mailboxes lists the records of the mailboxes.
func (tx *CentralTx) Mailboxes() ([]desk.Mailbox, error) { return tx.mailboxes() }

// QuarantineUntold lists mails in quarantine of which no record says so, oldest
// first: the ledger is the truth, and the records follow it.
func (tx *CentralTx) QuarantineUntold(limit int) ([]Ledger, error) {
	return tx.ledger("state = ? AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.sha256 = mail.sha256 AND q.account = mail.account AND q.state = ?)"+
		" ORDER BY "+mailOrder+" LIMIT ?", MailQuarantined, string(desk.InQuarantine), limit)
}

// QuarantineEnded lists the mails that became something after a person had them
// tried again, and whose records do not say so yet.
func (tx *CentralTx) QuarantineEnded() ([]Ledger, error) {
	return tx.ledger("state = ? AND EXISTS (SELECT 1 FROM quarantine q WHERE q.sha256 = mail.sha256 AND q.account = mail.account AND q.state IN (?, ?, ?))"+
		" ORDER BY "+mailOrder, MailConverted, string(desk.InQuarantine), string(desk.QuarantineRetrying), string(desk.QuarantineDismissed))
}

// InQuarantine reports whether bytes are those of a mail that a person may still
// look at: one that is not settled.
func (tx *CentralTx) InQuarantine(sha256 string) (bool, error) {
	var one int64
	return tx.find("SELECT 1 FROM quarantine WHERE sha256 = ? AND state <> ? LIMIT 1", []any{sha256, string(desk.QuarantineSettled)}, &one)
}

// DecideMail writes into the ledger what a person decided about a quarantined
// mail. One that the ledger has settled meanwhile stays as it is.
func (tx *CentralTx) DecideMail(q desk.QuarantinedMail) error {
	switch q.State {
	case desk.QuarantineRetrying:
		return tx.do("UPDATE mail SET state = ?, tries = tries + 1, due = 0 WHERE account = ? AND sha256 = ? AND state IN (?, ?)",
			MailFiled, q.Account, q.SHA256, MailQuarantined, MailDismissed)
	case desk.QuarantineDismissed:
		return tx.do("UPDATE mail SET state = ? WHERE account = ? AND sha256 = ? AND state = ?", MailDismissed, q.Account, q.SHA256, MailQuarantined)
	}
	return nil
}

// MailSince counts the mails of an account that were received since an instant.
// A state at a time, for each has them in their order.
func (tx *CentralTx) MailSince(account string, since time.Time) (sum int, err error) {
	for _, state := range []string{MailFiled, MailResting, MailConverted, MailQuarantined, MailDismissed} {
		var n int
		if _, err := tx.find("SELECT COUNT(*) FROM mail WHERE state = ? AND received_at >= ? AND account = ?", []any{state, instant(since), account}, &n); err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

// MailUnread counts the mails of an account that are filed and no work yet.
func (tx *CentralTx) MailUnread(account string) (n int, err error) {
	_, err = tx.find("SELECT COUNT(*) FROM mail WHERE state IN (?, ?) AND account = ?", []any{MailFiled, MailResting, account}, &n)
	return n, err
}
