package post

import (
	"holdall/desk"
	"holdall/mail/outgoing"
	"holdall/store"
)

// writeAside makes the mail of a word in a side conversation: it answers and
// quotes that conversation and knows of no other (SPEC P79).
func (p *Post) writeAside(tx *store.CentralTx, a outgoing.Answer, thread []desk.Message, m desk.Message) outgoing.Answer {
	a.Text = m.Text + p.signature(tx, m)
	before := besideBefore(thread, m)
	for _, b := range before {
		a.References = withID(a.References, b)
	}
	a.InReplyTo = newest(a.References)
	if n := len(before); n > 0 {
		a.Text += quote(before[n-1])
	}
	return a
}

// besideBefore lists what the people of a side conversation have seen of it before
// a word of the desk: what they wrote, and what left. A stranger's mail that is
// held there, and a machine's, is no part of it.
func besideBefore(thread []desk.Message, word desk.Message) (before []desk.Message) {
	for _, m := range desk.Before(desk.AsideThread(thread, word.Aside), word) {
		if m.Kind == desk.AsideAnswer && !m.Suspect && !m.Auto || m.Delivery == desk.DeliverySent {
			before = append(before, m)
		}
	}
	return before
}
