package store

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"holdall/desk"
)

// Dispatch notes what a change of a message means for its way out.
func (tx *CentralTx) Dispatch(m desk.Message) error {
	if !m.Leaves() {
		return nil
	}
	if !m.Underway() {
		return tx.do("DELETE FROM outgoing WHERE message = ?", string(m.ID))
	}
	var due int64
	if at := m.Due(); !at.IsZero() {
		due = instant(at)
	}
	n, err := tx.exec("UPDATE outgoing SET due = ? WHERE message = ?", due, string(m.ID))
	if err != nil || n > 0 {
		return err
	}
	var last int64
	if _, err := tx.find("SELECT place FROM outgoing ORDER BY place DESC LIMIT 1", nil, &last); err != nil {
		return err
	}
	return tx.do("INSERT INTO outgoing (message, ticket, place, due) VALUES (?, ?, ?, ?)", string(m.ID), string(m.Ticket), last+1, due)
}

// DueReplies lists replies that something is to be done about, fair between the
// tickets: the first of each before the second of any. The first ones are passed
// over.
func (tx *CentralTx) DueReplies(now time.Time, pass, limit int) ([]desk.Message, error) {
	return entities[desk.Message](tx.txn, desk.KindMessage, "SELECT m.body FROM outgoing o JOIN message m ON m.id = o.message WHERE o.due <= ?"+
		" ORDER BY (SELECT COUNT(*) FROM outgoing e WHERE e.ticket = o.ticket AND e.place < o.place), o.place LIMIT ? OFFSET ?", instant(now), limit, pass)
}

// LaterReplies lists replies whose time has still to come, soonest first. The first
// ones are passed over.
func (tx *CentralTx) LaterReplies(now time.Time, pass, limit int) ([]desk.Message, error) {
	return entities[desk.Message](tx.txn, desk.KindMessage, "SELECT m.body FROM outgoing o JOIN message m ON m.id = o.message WHERE o.due > ?"+
		" ORDER BY o.due, o.place LIMIT ? OFFSET ?", instant(now), limit, pass)
}

// RepliesUnderway lists the replies of a ticket on their way out, in the order
// they leave.
func (tx *CentralTx) RepliesUnderway(ticket desk.TicketID) ([]desk.Message, error) {
	return entities[desk.Message](tx.txn, desk.KindMessage,
		"SELECT m.body FROM outgoing o JOIN message m ON m.id = o.message WHERE o.ticket = ? ORDER BY o.place", string(ticket))
}

// CountReplies counts the replies on their way out by how far they have come.
func (tx *CentralTx) CountReplies() (map[desk.Delivery]int, error) {
	counts := map[desk.Delivery]int{}
	err := tx.each("SELECT m.delivery, COUNT(*) FROM outgoing o JOIN message m ON m.id = o.message GROUP BY m.delivery", nil, func(s scan) error {
		var delivery desk.Delivery
		var n int
		err := s(&delivery, &n)
		counts[delivery] = n
		return err
	})
	return counts, err
}

// Outgoing is the mail of a reply, as it was written once.
type Outgoing struct {
	Message    desk.MessageID
	MailID     string // RFC 5322 Message-ID, without angle brackets
	Sender     string
	Recipients []string
	Raw        []byte
	Copies     int       // tries to put a copy among the sent mails
	Left       time.Time // zero: it has not
}

// PutOutgoing keeps the mail of a reply in place of the one before it.
func (tx *CentralTx) PutOutgoing(o Outgoing) error {
	to, err := json.Marshal(o.Recipients)
	if err != nil {
		return err
	}
	return tx.do("INSERT INTO outgoing_mail (message, mail_id, sender, recipients, copy_tries, copy_since, copy_due, raw) VALUES (?, ?, ?, ?, 0, 0, 0, ?)"+
		" ON CONFLICT (message) DO UPDATE SET mail_id = excluded.mail_id, sender = excluded.sender, recipients = excluded.recipients,"+
		" copy_tries = 0, copy_since = 0, copy_due = 0, raw = excluded.raw", string(o.Message), o.MailID, o.Sender, string(to), o.Raw)
}

// OutgoingOf reads the mail of a reply; desk.ErrUnknown if none is kept.
func (tx *CentralTx) OutgoingOf(id desk.MessageID) (Outgoing, error) {
	o := Outgoing{Message: id}
	var to string
	var left int64
	found, err := tx.find("SELECT mail_id, sender, recipients, copy_tries, copy_since, raw FROM outgoing_mail WHERE message = ?",
		[]any{string(id)}, &o.MailID, &o.Sender, &to, &o.Copies, &left, &o.Raw)
	if err == nil && !found {
		err = fmt.Errorf("mail of reply %s: %w", id, desk.ErrUnknown)
	}
	if err != nil {
		return o, err
	}
	if left > 0 {
		o.Left = timeOf(left)
	}
	return o, json.Unmarshal([]byte(to), &o.Recipients)
}

// OutgoingSender is the address that the mail of a reply comes from; empty: none
// was written yet.
func (tx *CentralTx) OutgoingSender(id desk.MessageID) (sender string, err error) {
	_, err = tx.find("SELECT sender FROM outgoing_mail WHERE message = ?", []any{string(id)}, &sender)
	return sender, err
}

// DropOutgoing forgets the mail of a reply.
func (tx *CentralTx) DropOutgoing(id desk.MessageID) error {
	return tx.do("DELETE FROM outgoing_mail WHERE message = ?", string(id))
}

// OweCopy notes that the mail of a reply has left and its copy is still to be put
// among the sent mails. A reply whose mail is not kept owes none.
func (tx *CentralTx) OweCopy(id desk.MessageID, now time.Time) error {
	return tx.do("UPDATE outgoing_mail SET copy_tries = 0, copy_since = ?, copy_due = ? WHERE message = ?", instant(now), instant(now), string(id))
}

// RestCopy counts a failed try to put a copy among the sent mails.
func (tx *CentralTx) RestCopy(id desk.MessageID, due time.Time) error {
	return tx.do("UPDATE outgoing_mail SET copy_tries = copy_tries + 1, copy_due = ? WHERE message = ?", instant(due), string(id))
}

// DueCopies lists the replies of an address whose copies are due, the longest due
// first; last what is due so late that its time is of a clock that was put right since:
// no pause takes most.
func (tx *CentralTx) DueCopies(sender string, now time.Time, most time.Duration, limit int) ([]desk.MessageID, error) {
	return collect(tx.txn, "SELECT message FROM outgoing_mail WHERE copy_due > 0 AND (copy_due <= ? OR copy_due > ?) AND LOWER(sender) = ? ORDER BY copy_due, message LIMIT ?",
		[]any{instant(now), instant(now.Add(most)), strings.ToLower(sender), limit},
		func(s scan) (id desk.MessageID, err error) { return id, s(&id) })
}

// CountCopies counts the copies that are still to be put among the sent mails.
func (tx *CentralTx) CountCopies() (n int, err error) {
	_, err = tx.find("SELECT COUNT(*) FROM outgoing_mail WHERE copy_due > 0", nil, &n)
	return n, err
}
