package intake

import (
	"context"
	"fmt"
	"strings"

	"holdall/desk"
	"holdall/mail/message"
)

// bounced puts a bounce on its ticket as a delivery failure, or sets it aside
// in quarantine. ok is false when the mail is none.
func (c *Converter) bounced(ctx context.Context, e Entry, m *message.Message) (o Outcome, ok bool, err error) {
	if m.Bounce == nil {
		return Outcome{}, false, nil
	}
	found, err := c.returned(ctx, m)
	if err != nil {
		return Outcome{}, true, err
	}
	if found.clue == noClue {
		return quarantined(e, "A delivery failure of a mail that no ticket knows"+of(m.Bounce)+"."), true, nil
	}
	o, err = c.failure(e, m, found)
	return o, true, err
}

// returned finds the mail that came back: one a person moved, our signed id anywhere in the
// report, else a stored Message-ID, else what any mail may point by.
func (c *Converter) returned(ctx context.Context, m *message.Message) (candidate, error) {
	found, err := c.findChosen(ctx, m.ReportIDs)
	if err != nil || found.clue != noClue {
		return found, err
	}
	found, err = c.findToken(ctx, byReturned, m.ReportIDs)
	if err != nil || found.clue != noClue {
		return found, err
	}
	found, err = c.findMailID(ctx, m.ReportIDs)
	if err != nil || found.clue != noClue {
		return found, err
	}
	return c.find(ctx, m)
}

func (c *Converter) failure(e Entry, m *message.Message, found candidate) (Outcome, error) {
	why := fmt.Sprintf("A delivery failure%s, put on %s by %s.", of(m.Bounce), found.ticket.Number, found.where)
	if m.Bounce.Temporary() {
		why = fmt.Sprintf("A delay of delivery%s, put on %s by %s; the mail system is still trying.", of(m.Bounce), found.ticket.Number, found.where)
	}
	b := c.builder(e, m)
	at := place{ticket: found.ticket.ID, kind: desk.InternalNote, why: why}
	if found.parent.Beside() {
		at.kind, at.beside = desk.AsideAnswer, found.parent.Aside
	}
	note := b.message(at)
	note.Auto = true
	b.mutate(desk.MessageAdd, found.ticket.ID, desk.AddMessage{Message: note})
	if found.parent.Leaves() {
		b.mutate(desk.ReplyDeliver, found.ticket.ID, delivery(m.Bounce, found.parent))
	}
	return b.outcome(found.ticket.ID, why)
}

// delivery tells a delay, after which the mail may still arrive, from a
// failure, and a failure that may pass from a dead address (RFC 3463 §2).
func delivery(b *message.Bounce, reply desk.Message) desk.DeliverReply {
	d := desk.DeliverReply{Message: reply.ID, MailID: reply.MailID}
	if b.Temporary() {
		d.Delivery, d.Problem = desk.DeliverySent, "Delivery is delayed"+of(b)+"; the mail system is still trying."
		return d
	}
	d.Delivery, d.Problem = desk.DeliveryFailed, "The answer could not be delivered"+of(b)+"."
	d.Permanent = strings.HasPrefix(b.Status, "5")
	return d
}

func of(b *message.Bounce) string {
	var out string
	if len(b.Recipient) > 0 {
		out = " to " + strings.Join(b.Recipient, ", ")
	}
	if b.Status != "" {
		out += " (" + b.Status + ")"
	}
	return out
}
