package intake

import (
	"context"
	"errors"

	"holdall/desk"
	"holdall/mail/message"
)

// errBeginning is a mail of which only the beginning was fetched.
var errBeginning = errors.New("only the beginning of the mail was fetched")

// wanted makes a ticket of a mail because a person said so: it asks neither for
// its size nor for what it is, and the mail as it came is attached. What failed
// as any other mail does is made of its header alone.
func (c *Converter) wanted(ctx context.Context, e Entry, m *message.Message, unreadable error) (Outcome, error) {
	if e.Tries > len(pauses) {
		m = salvage(e.Mail.Bytes)
		unreadable = errors.New("it failed too often")
	}
	if e.Mail.Truncated && unreadable == nil {
		unreadable = errBeginning
	}
	s, err := c.sender(ctx, e.Mail, m)
	if err != nil {
		return Outcome{}, err
	}
	_, r, err := c.rule(ctx, e, m, s)
	if err != nil {
		return Outcome{}, err
	}
	p := place{kind: desk.FromRequester, why: "Somebody at the desk made a ticket of this mail, which lay in quarantine." + ruled(r)}
	return c.enter(ctx, e, m, s, p, r, unreadable)
}
