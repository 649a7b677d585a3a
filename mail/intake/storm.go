package intake

import (
	"context"
	"fmt"

	"holdall/desk"
)

// storm reports whether the sender writes faster than people do. The mails are
// still taken in; only the answers stop.
func (c *Converter) storm(ctx context.Context, s sender) (bool, error) {
	if !s.known() {
		return false, nil
	}
	recent, err := c.Sink.Traffic(ctx, s.address.Email, c.now().Add(-c.stormSpan()))
	if err != nil {
		return false, fmt.Errorf("count the mails of %s: %w", s.address.Email, err)
	}
	return recent.Mails >= c.stormMails(), nil
}

// warn opens one ticket a day about a sender that storms: its id comes from
// the sender and the day, so the desk takes it once.
func (b *builder) warn(s sender) {
	day := b.at.UTC().Format("2006-01-02")
	id := desk.TicketID(derive("storm", []byte(fold(s.address.Email)+" "+day)))
	b.mutate(desk.TicketCreate, id, desk.CreateTicket{
		Kind: desk.Incident, Title: "Mail storm from " + s.address.Email, Source: desk.SourceMail, Team: b.c.Team,
		Description: fmt.Sprintf("More than %d mails came from %s within %s. All of them are taken in; automatic answers to this sender have stopped.",
			b.c.stormMails(), s.address.Email, b.c.stormSpan()),
	})
}
