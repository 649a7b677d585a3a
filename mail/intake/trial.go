package intake

import (
	"context"

	"holdall/desk"
)

// Try says what rules would have made of a mail, by the same eyes that take mails
// in. It changes nothing.
func (c *Converter) Try(ctx context.Context, m Mail, rules []desk.MailboxRule) (t desk.TriedMail, err error) {
	read, _ := c.read(ctx, m) // what could be read is judged, as it was when it came
	if err := ctx.Err(); err != nil {
		return t, err
	}
	s, err := c.sender(ctx, m, read)
	if err != nil {
		return t, err
	}
	f, ruling := judge(rules, Entry{Mail: m}, read, s)
	t = desk.TriedMail{
		From: desk.Address{Name: read.From.Name, Email: read.From.Email}, Subject: read.Subject, ReceivedAt: m.InternalDate,
		Rules: ruling.Rules, Ignore: ruling.Ignore,
	}
	if ruling.Event != nil {
		t.Event, _ = ruling.Event.KeyOf(f)
		t.Well = ruling.Event.Recovered(f)
	}
	return t, nil
}
