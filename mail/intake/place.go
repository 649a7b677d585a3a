package intake

import (
	"context"
	"fmt"
	"time"

	"holdall/desk"
	"holdall/mail/message"
)

// place is where a mail belongs, and why.
type place struct {
	ticket  desk.TicketID    // empty: a ticket of its own, or none at all
	related desk.TicketID    // of a new ticket: it may belong to this one
	kind    desk.MessageKind // how it stands in the thread
	beside  desk.AsideID     // the side conversation it stands in
	suspect bool             // held on the ticket for agents only
	aside   bool             // no ticket: it stays in the ledger
	why     string
}

// place applies the rules of threading to a mail that is no bounce.
func (c *Converter) place(ctx context.Context, m *message.Message, s sender, now time.Time) (place, error) {
	found, err := c.find(ctx, m)
	if err != nil {
		return place{}, err
	}
	if found.clue == noClue {
		return fresh(m, s), nil
	}
	if found.parent.Beside() {
		return c.beside(ctx, m, s, found)
	}
	as, err := c.accepted(ctx, s, found)
	if err != nil {
		return place{}, err
	}
	if as == "" && found.clue == byNumber {
		p, ok, err := c.besideByNumber(ctx, s, found)
		if ok || err != nil {
			return p, err
		}
	}
	if as == "" {
		return strange(m, s, found), nil
	}
	if p, late := c.late(m, found, now); late {
		return p, nil
	}
	return join(s, found, as), nil
}

// under is the place of a mail once the rules have spoken. They speak of new work
// only: what belongs to a ticket is never ignored.
func (p place) under(r desk.MailRuling) place {
	switch {
	case p.ticket != "" || p.aside:
	case r.Ignore != "":
		return place{aside: true, why: fmt.Sprintf("The rule “%s” ignores it: %s", r.Name, r.Ignore)}
	default:
		p.why += ruled(r)
	}
	return p
}

func fresh(m *message.Message, s sender) place {
	if m.OutOfOffice {
		return place{aside: true, why: "An absence notice that belongs to no ticket: it opens none and stays in the list of mails."}
	}
	p := place{kind: desk.FromRequester, why: "It opened this ticket: it answers no mail of the desk and names no ticket in brackets."}
	if s.doubt != "" {
		p.why += " Its sender is not certain: " + s.doubt + "."
	}
	return p
}

// strange places a mail whose sender has no part in the ticket it points at.
func strange(m *message.Message, s sender, found candidate) place {
	t := found.ticket
	reason := s.name() + " is neither the requester, nor an agent, nor someone an agent added"
	if s.doubt != "" {
		reason = s.doubt
	}
	if found.clue == byToken || m.OutOfOffice {
		return place{
			ticket: t.ID, kind: desk.FromRequester, suspect: true,
			why: fmt.Sprintf("It carries %s of %s, but %s: it is shown to agents only and changes nothing.", found.where, t.Number, reason),
		}
	}
	return place{
		related: t.ID, kind: desk.FromRequester,
		why: fmt.Sprintf("It opened a ticket of its own: by %s it may belong to %s, but %s.", found.where, t.Number, reason),
	}
}

// late opens a linked ticket for an answer to one that has ended: cancelled, or
// closed for longer than the workspace reopens. A machine's answer stays.
func (c *Converter) late(m *message.Message, found candidate, now time.Time) (place, bool) {
	t := found.ticket
	if m.OutOfOffice || found.parent.Kind == desk.InternalNote {
		return place{}, false
	}
	ended := t.UpdatedAt
	if t.ResolvedAt != nil {
		ended = *t.ResolvedAt
	}
	reopens := time.Duration(c.ReopenDays) * 24 * time.Hour
	var reason string
	switch {
	case t.State == desk.StateCancelled:
		reason = "is cancelled"
	case t.State == desk.StateClosed && now.Sub(ended) > reopens:
		reason = fmt.Sprintf("has been closed for more than %d days", c.ReopenDays)
	default:
		return place{}, false
	}
	return place{
		related: t.ID, kind: desk.FromRequester,
		why: fmt.Sprintf("It opened a ticket of its own: by %s it belongs to %s, which %s.", found.where, t.Number, reason),
	}, true
}

// join adds the mail to the ticket. What answers an internal message stays
// internal, and so does an agent's mail: mail never speaks for the desk.
func join(s sender, found candidate, as string) place {
	p := place{
		ticket: found.ticket.ID, kind: desk.FromRequester,
		why: fmt.Sprintf("It joined %s by %s; %s is %s.", found.ticket.Number, found.where, s.name(), as),
	}
	switch {
	case found.parent.Kind == desk.InternalNote:
		p.kind = desk.InternalNote
		p.why += " It answers an internal note and stays internal."
	case s.agent.ID != "" && s.requester.ID != found.ticket.Requester:
		p.kind = desk.InternalNote
		p.why += " An agent’s mail is kept as an internal note: answers leave from the ticket."
	}
	return p
}
