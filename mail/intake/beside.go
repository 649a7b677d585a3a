package intake

import (
	"context"
	"fmt"
	"slices"

	"holdall/desk"
	"holdall/mail/message"
)

// beside places what answers a side conversation: in it, if its writer takes part
// there or works at the desk; else it is any stranger's follow-up, which is held
// there for agents or opens a ticket of its own. It never joins the conversation
// with the requester, and the requester never joins it by an answer to a mail that
// was passed on to them (sync SPEC P79).
func (c *Converter) beside(ctx context.Context, m *message.Message, s sender, found candidate) (place, error) {
	as, err := c.partBeside(ctx, s, found)
	if err != nil {
		return place{}, err
	}
	side := subjectOf(found)
	if as != "" {
		return place{
			ticket: found.ticket.ID, kind: desk.AsideAnswer, beside: found.parent.Aside,
			why: fmt.Sprintf("It joined the side conversation “%s” of %s by %s; %s is %s.", side, found.ticket.Number, found.where, s.name(), as),
		}, nil
	}
	p := strange(m, s, found)
	if p.suspect {
		reason := s.doubt
		if reason == "" {
			reason = s.name() + " takes no part in the side conversation “" + side + "”"
		}
		p.kind, p.beside = desk.AsideAnswer, found.parent.Aside
		p.why = fmt.Sprintf("It carries %s of %s, but %s: it is held there and changes nothing.", found.where, found.ticket.Number, reason)
	}
	return p, nil
}

// partBeside says why the sender may write in the side conversation the mail
// answers, or "" if not.
func (c *Converter) partBeside(ctx context.Context, s sender, found candidate) (string, error) {
	if s.doubt != "" || !s.known() {
		return "", nil
	}
	list, err := c.asides(ctx, s, found)
	switch {
	case err != nil:
		return "", err
	case slices.Contains(list, found.parent.Aside):
		return "one of its people", nil
	case s.agent.ID != "":
		return "an agent", nil
	}
	return "", nil
}

// besideByNumber places the mail of a third party whose program dropped every id:
// it names the ticket, and its writer takes part beside and not in the
// conversation with the requester.
func (c *Converter) besideByNumber(ctx context.Context, s sender, found candidate) (place, bool, error) {
	if s.doubt != "" || !s.known() {
		return place{}, false, nil
	}
	list, err := c.asides(ctx, s, found)
	if err != nil || len(list) == 0 {
		return place{}, false, err
	}
	found.parent.Aside = list[0]
	return place{
		ticket: found.ticket.ID, kind: desk.AsideAnswer, beside: list[0],
		why: fmt.Sprintf("It joined the side conversation “%s” of %s by %s; it is the newest one that %s takes part in.", subjectOf(found), found.ticket.Number, found.where, s.name()),
	}, true, nil
}

// asides are the side conversations of the ticket in which the sender takes part,
// and of the duplicate that was merged into it.
func (c *Converter) asides(ctx context.Context, s sender, found candidate) ([]desk.AsideID, error) {
	list, err := c.Sink.Asides(ctx, found.ticket.ID, s.address.Email)
	if err == nil && found.named.ID != found.ticket.ID {
		var more []desk.AsideID
		more, err = c.Sink.Asides(ctx, found.named.ID, s.address.Email)
		list = append(list, more...)
	}
	if err != nil {
		return nil, fmt.Errorf("look up the side conversations of %s: %w", found.ticket.Number, err)
	}
	return list, nil
}

// subjectOf is what the side conversation is about that the mail answers.
func subjectOf(found candidate) string {
	for _, t := range []desk.Ticket{found.ticket, found.named} {
		if a, ok := t.Aside(found.parent.Aside); ok {
			return a.Subject
		}
	}
	return found.parent.Subject
}
