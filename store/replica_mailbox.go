package store

import "holdall/desk"

// Mailboxes lists how the mailboxes do.
func (tx *ReplicaTx) Mailboxes() ([]desk.Mailbox, error) { return tx.mailboxes() }

func (t *txn) mailboxes() ([]desk.Mailbox, error) {
	return entities[desk.Mailbox](t, desk.KindMailbox, "SELECT body FROM mailbox_state ORDER BY id")
}

// QuarantinedMails lists the mails of a state.
func (tx *ReplicaTx) QuarantinedMails(state desk.QuarantineState) ([]desk.QuarantinedMail, error) {
	return tx.quarantined(state)
}

func (t *txn) quarantined(state desk.QuarantineState) ([]desk.QuarantinedMail, error) {
	return entities[desk.QuarantinedMail](t, desk.KindQuarantine, "SELECT body FROM quarantine WHERE state = ? ORDER BY id", string(state))
}

// QuarantineCount counts the mails in quarantine.
func (tx *ReplicaTx) QuarantineCount() (n int, err error) {
	_, err = tx.find("SELECT COUNT(*) FROM quarantine WHERE state = ?", []any{string(desk.InQuarantine)}, &n)
	return n, err
}
