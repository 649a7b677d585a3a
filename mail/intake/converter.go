package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"holdall/desk"
	"holdall/mail/message"
)

// Converter makes tickets and messages of filed mails. Zero figures take the
// defaults written beside them.
type Converter struct {
	Sink Sink
	// Token reads a Message-ID of ours: its ticket and message, and ok only if
	// the signature is the workspace's.
	Token func(mailID string) (ticket, message string, ok bool)
	// Domain is that of our Message-IDs, if no one else's mail uses it.
	Domain string
	// Own are the desk's addresses: they are never answered automatically.
	Own []string
	// AuthServIDs are the names of our receiving servers as they stand in
	// Authentication-Results.
	AuthServIDs []string

	Kind       desk.TicketKind // of new tickets: desk.Incident
	Team       desk.TeamID     // of new tickets
	Service    desk.ServiceID  // of new tickets
	ReopenDays int             // of the workspace

	Limits       message.Limits
	ParseTime    time.Duration // 10 s
	HourlyBudget int           // 100 automatic answers in an hour
	StormMails   int           // 20 mails of one sender …
	StormSpan    time.Duration // … in 10 min

	// Now is the clock, time.Now if nil. Parse replaces message.Parse.
	Now   func() time.Time
	Parse func(context.Context, []byte, message.Limits) (*message.Message, error)

	ahead *ahead // mails that are read while others are decided
}

func (c *Converter) now() time.Time {
	if c.Now != nil {
		return c.Now()
	}
	return time.Now()
}

func orElse[T comparable](v, other T) T {
	var zero T
	if v == zero {
		return other
	}
	return v
}

func (c *Converter) replyBudget() int         { return orElse(c.HourlyBudget, 100) }
func (c *Converter) stormMails() int          { return orElse(c.StormMails, 20) }
func (c *Converter) stormSpan() time.Duration { return orElse(c.StormSpan, 10*time.Minute) }

// Decide says what one mail becomes. It changes nothing: the outcome is
// carried out by Sink.Commit. A fault inside comes back as an error.
func (c *Converter) Decide(ctx context.Context, e Entry) (o Outcome, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("decide mail %d: %v", e.ID, r)
		}
	}()
	if e.Mail.Problem != "" {
		return quarantined(e, e.Mail.Problem), nil
	}
	m, unreadable := c.readEntry(ctx, e)
	if err := ctx.Err(); err != nil {
		return Outcome{}, err
	}
	if e.Wanted {
		return c.wanted(ctx, e, m, unreadable)
	}
	if e.Mail.Truncated {
		return c.tooLarge(ctx, e, m)
	}
	if over, bomb := errors.AsType[*message.Excess](unreadable); bomb {
		return quarantined(e, "Nothing was made of it, for "+over.Error()+"."), nil
	}
	if errors.Is(unreadable, message.ErrDeadline) {
		return Outcome{}, unreadable // the machine may have been busy: it is tried again
	}
	if o, ok, err := c.bounced(ctx, e, m); ok || err != nil {
		return o, err
	}
	o, duplicate, flag, err := c.repeated(ctx, e, m)
	if duplicate || err != nil {
		return o, err
	}
	return c.admit(ctx, e, m, unreadable, flag)
}

// readEntry reads the mail, unless that was done ahead.
func (c *Converter) readEntry(ctx context.Context, e Entry) (*message.Message, error) {
	if r := c.ahead.take(e.ID); r != nil {
		return r.m, r.err
	}
	return c.read(ctx, e.Mail)
}

// read parses within a budget. The message is what could be read, whatever the
// error says; a parser that ends in a panic has read nothing.
func (c *Converter) read(ctx context.Context, mail Mail) (m *message.Message, err error) {
	defer func() {
		if r := recover(); r != nil {
			m, err = nil, fmt.Errorf("the reader broke: %v", r)
		}
		if m == nil {
			m = salvage(mail.Bytes)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, orElse(c.ParseTime, 10*time.Second))
	defer cancel()
	parse := c.Parse
	if parse == nil {
		parse = message.Parse
	}
	return parse(ctx, mail.Bytes, c.Limits)
}

// admit gives the mail its place and makes the mutations.
func (c *Converter) admit(ctx context.Context, e Entry, m *message.Message, unreadable error, flag string) (Outcome, error) {
	s, err := c.sender(ctx, e.Mail, m)
	if err != nil {
		return Outcome{}, err
	}
	f, r, err := c.rule(ctx, e, m, s)
	if err != nil {
		return Outcome{}, err
	}
	o, isEvent, note, err := c.event(ctx, e, m, f, r)
	if isEvent || err != nil {
		return o, err
	}
	p, err := c.place(ctx, m, s, c.now())
	if err != nil {
		return Outcome{}, err
	}
	p = p.under(r)
	p.why += note + flag
	if p.aside {
		return c.builder(e, m).outcome("", p.why)
	}
	return c.enter(ctx, e, m, s, p, r, unreadable)
}

// enter makes the message, and the ticket where it opens one.
func (c *Converter) enter(ctx context.Context, e Entry, m *message.Message, s sender, p place, r desk.MailRuling, unreadable error) (Outcome, error) {
	b := c.builder(e, m)
	if unreadable != nil {
		p.why += " Parts of it could not be read; the mail as it came is attached."
	}
	opens := p.ticket == ""
	if opens {
		p.ticket = ticketID(e.Mail)
	}
	msg := b.message(p)
	msg.Origin.Doubt, msg.Origin.Vouched = cmp.Or(s.doubt, s.guise), s.vouched
	if m.Sealed != "" || e.Wanted || unreadable != nil && !errors.Is(unreadable, message.ErrEmpty) {
		b.attachRaw(&msg)
	}
	msg.Requester = b.author(s, opens, r)
	if opens {
		b.open(p, msg.Requester, r)
	}
	b.mutate(desk.MessageAdd, p.ticket, desk.AddMessage{Message: msg})
	if e.Old {
		return b.outcome(p.ticket, p.why)
	}
	storm, err := c.storm(ctx, s)
	if err != nil {
		return Outcome{}, err
	}
	if storm {
		b.warn(s)
	}
	o, err := b.outcome(p.ticket, p.why)
	if err == nil && opens {
		o.Reply, err = c.reply(ctx, ReplyReceived, m, s, p.ticket)
	}
	return o, err
}

// tooLarge keeps the beginning in quarantine and tells the sender once.
func (c *Converter) tooLarge(ctx context.Context, e Entry, m *message.Message) (Outcome, error) {
	o := quarantined(e, fmt.Sprintf("The mail is over the limit (%d bytes); only its beginning was fetched.", e.Mail.Size))
	s, err := c.sender(ctx, e.Mail, m)
	if err != nil || e.Old {
		return o, err
	}
	if s.known() {
		o.From = s.address.Email
	}
	o.Reply, err = c.reply(ctx, ReplyTooLarge, m, s, "")
	return o, err
}

func quarantined(e Entry, reason string) Outcome {
	return Outcome{Entry: e.ID, State: Quarantined, Reason: reason}
}
