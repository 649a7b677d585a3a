package post

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/mail/outgoing"
	"holdall/store"
)

// metaNotices holds the automatic answers that wait to be sent. They are no
// part of a thread: an agent's answer must not look answered already.
const metaNotices = "mail.notices"

// noticesMost bounds what may wait; intake's own budget is far below it.
const noticesMost = 1000

// notice is an automatic answer on its way out.
type notice struct {
	ID         string           `json:"id"`
	Kind       intake.ReplyKind `json:"kind"`
	To         desk.Address     `json:"to"`
	Ticket     desk.TicketID    `json:"ticket,omitempty"`
	Account    string           `json:"account,omitempty"` // the mailbox of what it answers
	InReplyTo  string           `json:"in_reply_to,omitempty"`
	References []string         `json:"references,omitempty"`
	At         time.Time        `json:"at"`
	Tries      int              `json:"tries,omitempty"`
	Due        time.Time        `json:"due,omitzero"`
}

// queue keeps the automatic answers of a group in the transaction that made
// what they acknowledge.
func (s *Sink) queue(tx *store.CentralTx, outcomes []intake.Outcome, now time.Time) error {
	var fresh []notice
	for _, o := range outcomes {
		if !s.answers(o) {
			continue
		}
		fresh = append(fresh, notice{
			ID: fmt.Sprintf("notice-%d", o.Entry), Kind: o.Reply.Kind, To: o.Reply.To, Ticket: o.Reply.Ticket, Account: s.row(o.Entry).account,
			InReplyTo: o.Reply.InReplyTo, References: o.Reply.References, At: now.UTC(),
		})
	}
	return addNotices(tx, fresh...)
}

// answers reports whether an automatic answer leaves that intake decided on.
func (s *Sink) answers(o intake.Outcome) bool {
	return o.Reply != nil && s.Acknowledge && !slices.Contains(s.Silent, s.row(o.Entry).account)
}

func addNotices(tx *store.CentralTx, fresh ...notice) error {
	if len(fresh) == 0 {
		return nil
	}
	waiting, err := notices(tx)
	if err != nil {
		return err
	}
	waiting = append(waiting, fresh...)
	return setNotices(tx, waiting[max(0, len(waiting)-noticesMost):])
}

func notices(tx *store.CentralTx) ([]notice, error) {
	text, err := tx.Meta(metaNotices)
	if err != nil || text == "" {
		return nil, err
	}
	var list []notice
	return list, json.Unmarshal([]byte(text), &list)
}

func setNotices(tx *store.CentralTx, list []notice) error {
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	return tx.SetMeta(metaNotices, string(text))
}

// takeNotice takes the next automatic answer of this post that is due out of the
// queue: it is sent once or, after a crash, not at all, for nobody misses it.
func (p *Post) takeNotice(tx *store.CentralTx, now time.Time) (notice, bool, error) {
	list, err := notices(tx)
	if err != nil {
		return notice{}, false, err
	}
	i := slices.IndexFunc(list, func(n notice) bool { return !now.Before(n.Due) && (p.alone() || p.sorting.by(n.Account) == p) })
	if i < 0 {
		return notice{}, false, nil
	}
	next := list[i]
	return next, true, setNotices(tx, slices.Delete(list, i, i+1))
}

// writeNotice writes an automatic answer. It repeats nothing of what came in.
func (p *Post) writeNotice(tx *store.CentralTx, n notice) (outgoing.Answer, error) {
	a := outgoing.Answer{
		From: p.From, To: []outgoing.Address{{Name: n.To.Name, Email: n.To.Email}}, Date: n.At,
		MessageID: p.Signature.MessageID(string(n.Ticket), n.ID), InReplyTo: n.InReplyTo, References: n.References, AutoReply: true,
	}
	if n.Kind == intake.ReplyTooLarge {
		a.Subject = "Your mail was too large"
		a.Text = "Your mail was larger than we can take in. Please send it again with smaller attachments, or without them.\n\n" + p.From.Name + "\n"
		return a, nil
	}
	t, err := desk.Read[desk.Ticket](tx, desk.Ticket{ID: n.Ticket}.Key())
	if err != nil {
		return a, err
	}
	a.Subject = fmt.Sprintf("We have your message [%s]", t.Number)
	a.Text = fmt.Sprintf("Thank you for your message. It has the number %s; someone will look into it.\nTo add something, answer this mail.\n\n%s\n", t.Number, p.From.Name)
	return a, nil
}
