package post

import (
	"fmt"
	"strings"
	"time"

	"holdall/desk"
	"holdall/mail/outgoing"
	"holdall/store"
)

// quotedMost bounds the quotation below an answer, in lines.
const quotedMost = 60

// days tells a span in words.
func days(d time.Duration) string {
	if n := int(d.Hours()+0.5) / 24; n > 1 {
		return fmt.Sprintf("%d days", n)
	}
	return fmt.Sprintf("%.0f hours", d.Hours())
}

// write makes the mail of a message. Nothing that stays at the desk can be made
// into one: a note is refused here, and an Answer has no place for it.
func (p *Post) write(tx *store.CentralTx, m desk.Message) (outgoing.Answer, error) {
	told, public := m.Told()
	if !m.Leaves() || m.Kind == desk.PublicReply && !public {
		return outgoing.Answer{}, &unwritable{fmt.Errorf("message %s is not public", m.ID)}
	}
	t, err := desk.Read[desk.Ticket](tx, desk.Ticket{ID: m.Ticket}.Key())
	if err != nil {
		return outgoing.Answer{}, err
	}
	thread, err := tx.Thread(m.Ticket)
	if err != nil {
		return outgoing.Answer{}, err
	}
	a := outgoing.Answer{
		From: p.From, Cc: envelope(m.Cc), Date: m.At, Subject: subject(t, m), AutoReply: m.Auto,
		MessageID: p.Signature.MessageID(string(m.Ticket), string(m.ID)),
	}
	if a.To, err = recipients(tx, t, m); err != nil {
		return outgoing.Answer{}, err
	}
	if a.Attachments, err = enclosures(tx, m); err != nil {
		return outgoing.Answer{}, err
	}
	switch m.Kind {
	case desk.Forward:
		// It belongs to no conversation its readers know, and tells nothing of this one.
		a.Text = m.Text + p.signature(tx, m) + "\n" + m.Quoted + "\n"
		return a, nil
	case desk.AsideMail:
		return p.writeAside(tx, a, thread, m), nil
	}
	if a.Calendar, err = p.attends(tx, m); err != nil {
		return outgoing.Answer{}, err
	}
	before := toldBefore(thread, told)
	for _, b := range before {
		a.References = withID(a.References, b.Message())
	}
	a.InReplyTo = newest(a.References)
	a.Text = m.Text + p.signature(tx, m) + quotation(before)
	return a, nil
}

// recipients are those the message names; a reply that names none is for the
// ticket's requester, and nothing else ever is.
func recipients(tx *store.CentralTx, t desk.Ticket, m desk.Message) ([]outgoing.Address, error) {
	if len(m.To) > 0 || m.Kind != desk.PublicReply {
		return envelope(m.To), nil
	}
	if t.Requester == "" {
		return nil, nil
	}
	r, err := desk.Read[desk.Requester](tx, desk.Requester{ID: t.Requester}.Key())
	if err != nil || r.Email == "" {
		return nil, err
	}
	return []outgoing.Address{{Name: r.Name, Email: r.Email}}, nil
}

func envelope(list []desk.Address) []outgoing.Address {
	out := make([]outgoing.Address, len(list))
	for i, a := range list {
		out[i] = outgoing.Address{Name: a.Name, Email: a.Email}
	}
	return out
}

// subject carries the number in brackets, by which an answer finds its ticket
// even where a mail program drops every id.
func subject(t desk.Ticket, m desk.Message) string {
	text := m.Subject
	if text == "" {
		text = t.Title
	}
	switch {
	case m.Kind == desk.Forward:
		text = "Fwd: " + t.Title
	case m.Kind == desk.AsideMail && m.Seen == "": // the first word of its conversation answers nothing
	case len(text) < 3 || !strings.EqualFold(text[:3], "re:"):
		text = "Re: " + text
	}
	if number := "[" + string(t.Number) + "]"; !strings.Contains(text, number) {
		text += " " + number
	}
	return text
}

func enclosures(tx *store.CentralTx, m desk.Message) ([]outgoing.Attachment, error) {
	var files []outgoing.Attachment
	for _, a := range m.Attachments {
		data, err := tx.Blob(a.SHA256)
		if err != nil {
			return nil, err
		}
		files = append(files, outgoing.Attachment{Name: a.Name, Type: a.Type, Data: data})
	}
	return files, nil
}

// toldBefore lists what the requester has seen of the thread before the reply:
// what he wrote, and answers that left.
func toldBefore(thread []desk.Message, reply desk.Told) (before []desk.Told) {
	for _, m := range desk.Before(thread, reply.Message()) {
		left := m.Kind == desk.FromRequester || m.Delivery == desk.DeliverySent
		if told, public := m.Told(); public && left {
			before = append(before, told)
		}
	}
	return before
}

func withID(ids []string, m desk.Message) []string {
	if m.MailID == "" {
		return ids
	}
	return append(ids, m.MailID)
}

func newest(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return ids[len(ids)-1]
}

// signature names who answers.
func (p *Post) signature(tx *store.CentralTx, m desk.Message) string {
	if m.Signature != "" {
		return "\n\n-- \n" + m.Signature + "\n"
	}
	person, err := desk.Read[desk.Person](tx, desk.Person{ID: m.Author}.Key())
	if err != nil || m.Auto {
		return "\n\n-- \n" + p.From.Name + "\n"
	}
	return "\n\n-- \n" + person.Name + "\n" + p.From.Name + "\n"
}

// quotation repeats the newest public message below the answer.
func quotation(before []desk.Told) string {
	if len(before) == 0 {
		return ""
	}
	return quote(before[len(before)-1].Message())
}

// quote repeats a message as a mail shows it below its answer.
func quote(last desk.Message) string {
	writer := "you"
	if last.Leaves() {
		writer = "we"
	} else if last.From != nil && last.From.Name != "" {
		writer = last.From.Name
	}
	lines := strings.Split(strings.TrimSpace(last.Text), "\n")
	if len(lines) > quotedMost {
		lines = append(lines[:quotedMost:quotedMost], "[…]")
	}
	return fmt.Sprintf("\nOn %s, %s wrote:\n> %s\n", last.At.UTC().Format("2 January 2006 at 15:04 MST"), writer, strings.Join(lines, "\n> "))
}
