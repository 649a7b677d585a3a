package store

import "time"

// everyone is the sender under whom the answers to all are counted.
const everyone = ""

func minuteOf(at time.Time) int64 { return at.Unix() / 60 }

// NoteTraffic counts a mail from an address, and an automatic answer to it.
func (tx *CentralTx) NoteTraffic(sender string, replied bool, at time.Time) error {
	if err := tx.addTraffic(folded(sender), 1, truth(replied), at); err != nil || !replied || sender == everyone {
		return err
	}
	return tx.addTraffic(everyone, 0, 1, at)
}

func (t *txn) addTraffic(sender string, mails, replies int64, at time.Time) error {
	return t.do("INSERT INTO mail_traffic (sender, minute, mails, replies) VALUES (?, ?, ?, ?) ON CONFLICT (sender, minute) DO UPDATE SET"+
		" mails = mail_traffic.mails + excluded.mails, replies = mail_traffic.replies + excluded.replies", sender, minuteOf(at), mails, replies)
}

// Traffic counts the mails from an address, the answers to it and the answers
// to anyone, since the beginning of the minute of a time.
func (tx *CentralTx) Traffic(sender string, since time.Time) (mails, replies, total int, err error) {
	const sum = "SELECT COALESCE(CAST(SUM(mails) AS BIGINT), 0), COALESCE(CAST(SUM(replies) AS BIGINT), 0) FROM mail_traffic WHERE sender = ? AND minute >= ?"
	if _, err = tx.find(sum, []any{folded(sender), minuteOf(since)}, &mails, &replies); err != nil {
		return 0, 0, 0, err
	}
	var all int
	_, err = tx.find(sum, []any{everyone, minuteOf(since)}, &all, &total)
	return mails, replies, total, err
}

// ForgetTraffic drops what is older.
func (tx *CentralTx) ForgetTraffic(before time.Time) error {
	return tx.do("DELETE FROM mail_traffic WHERE minute < ?", minuteOf(before))
}
