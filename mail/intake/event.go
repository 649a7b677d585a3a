package intake

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"holdall/desk"
	"holdall/mail/message"
)

// event makes an event of a monitoring system's mail: the first exception about
// a thing opens an incident, further ones add notes to it, and the recovery
// resolves it. ok is false for a mail that names nothing; it is read as any
// other, and note says so.
func (c *Converter) event(ctx context.Context, e Entry, m *message.Message, f desk.MailFacts, r desk.MailRuling) (o Outcome, ok bool, note string, err error) {
	if r.Event == nil {
		return Outcome{}, false, "", nil
	}
	key, ok := r.Event.KeyOf(f)
	if !ok {
		return Outcome{}, false, fmt.Sprintf(" The rule “%s” takes it for an event but finds in it nothing that is ill.", r.Name), nil
	}
	last, times, err := c.incident(ctx, r.Name, key)
	if err != nil {
		return Outcome{}, true, "", err
	}
	well, open := r.Event.Recovered(f), times > 0 && last.State.Open()
	b := c.builder(e, m)
	switch {
	case well && !open:
		o, err = b.outcome("", fmt.Sprintf("By the rule “%s” an event: “%s” is well, and no incident about it is open.", r.Name, key))
	case open:
		o, err = b.goOn(last, key, well, r)
	default:
		o, err = b.begin(last, key, times, r)
	}
	o.From = "" // a monitoring system may write as often as something is ill
	return o, true, "", err
}

// incident is the newest incident about a thing and how many there were. Their
// ids count up, so that the newest is found in few steps however many there
// were, and two converters that run apart open the same one.
func (c *Converter) incident(ctx context.Context, rule, key string) (last desk.Ticket, times int, err error) {
	read := func(n int) bool {
		t, e := c.Sink.Ticket(ctx, eventID(rule, key, n))
		if e == nil {
			last = t
		} else if !errors.Is(e, ErrUnknown) {
			err = fmt.Errorf("look up the incident about %s: %w", key, e)
		}
		return e == nil
	}
	above := 1
	for ; read(above); above *= 2 {
		times = above
	}
	for err == nil && above-times > 1 {
		if middle := (times + above) / 2; read(middle) {
			times = middle
		} else {
			above = middle
		}
	}
	if err != nil || times == 0 {
		return last, times, err
	}
	found, err := c.led(ctx, noClue, last, desk.Message{}, "")
	return found.ticket, times, err
}

func eventID(rule, key string, n int) desk.TicketID {
	return desk.TicketID(derive("event", fmt.Appendf(nil, "%q %q %d", rule, strings.ToLower(key), n)))
}

// begin opens an incident for an exception; the one before it has ended.
func (b *builder) begin(before desk.Ticket, key string, times int, r desk.MailRuling) (Outcome, error) {
	p := place{ticket: eventID(r.Name, key, times+1), related: before.ID, kind: desk.InternalNote}
	p.why = fmt.Sprintf("It opened this ticket: by the rule “%s” it is an event, and no incident about “%s” was open.", r.Name, key) + ruled(r)
	b.open(p, "", r)
	return b.tell(p)
}

// goOn adds an event to the open incident, and resolves it by a recovery.
func (b *builder) goOn(t desk.Ticket, key string, well bool, r desk.MailRuling) (Outcome, error) {
	p := place{ticket: t.ID, kind: desk.InternalNote}
	p.why = fmt.Sprintf("By the rule “%s” an event about “%s”, which is open as %s.", r.Name, key, t.Number)
	if well {
		p.why = fmt.Sprintf("By the rule “%s” a recovery of “%s”: it resolved %s.", r.Name, key, t.Number)
	}
	o, err := b.tell(p)
	if well {
		b.mutate(desk.TicketMove, t.ID, desk.MoveTicket{
			From: t.State, To: desk.StateResolved, ResolutionCode: desk.ResolvedSolved, ResolutionNotes: "The monitoring reported a recovery: " + title(b.m),
		})
		o.Mutations = b.list
	}
	return o, errors.Join(err, b.err)
}

// tell puts the mail on the ticket as a note that nobody is answered by.
func (b *builder) tell(p place) (Outcome, error) {
	note := b.message(p)
	note.Auto = true
	b.mutate(desk.MessageAdd, p.ticket, desk.AddMessage{Message: note})
	return b.outcome(p.ticket, p.why)
}
