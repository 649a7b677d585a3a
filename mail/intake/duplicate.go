package intake

import (
	"context"
	"slices"

	"holdall/desk"
	"holdall/mail/message"
)

// repeated looks for a mail with the same Message-ID. With the same content it
// is a duplicate; with other content it is kept, and flag says so. A mail of
// our own that came back is a duplicate too: it stands in its thread already.
func (c *Converter) repeated(ctx context.Context, e Entry, m *message.Message) (o Outcome, duplicate bool, flag string, err error) {
	if m.MessageID == "" {
		return Outcome{}, false, "", nil
	}
	have, err := c.message(ctx, m.MessageID)
	if err != nil || have.ID == "" {
		return Outcome{}, false, "", err
	}
	b := c.builder(e, m)
	switch {
	case have.Leaves():
		o, err = b.outcome(have.Ticket, "A mail of the desk’s own that came back: it stands on its ticket already.")
		return o, true, "", err
	case same(have, b.message(place{kind: have.Kind})):
		b.files = nil
		o, err = b.outcome(have.Ticket, "The same mail again: its Message-ID and its content stand on the ticket already.")
		return o, true, "", err
	}
	return Outcome{}, false, " Another mail bears the same Message-ID with other content.", nil
}

// same compares what a person wrote and attached, not how it travelled.
func same(a, b desk.Message) bool {
	sums := func(m desk.Message) (out []string) {
		for _, f := range m.Attachments {
			out = append(out, f.SHA256)
		}
		slices.Sort(out)
		return out
	}
	return a.Subject == b.Subject && a.Text == b.Text && a.Quoted == b.Quoted && a.HTML == b.HTML && slices.Equal(sums(a), sums(b))
}
