package intake

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"holdall/desk"
	"holdall/mail/message"
)

// clue is how a mail points at a ticket.
type clue int

// The clues in their order: an earlier one is believed before a later one.
const (
	noClue     clue = iota
	byToken         // our signature
	byMailID        // a Message-ID that stands on a message
	byMeeting       // a calendar of whoever asked to the same meeting
	byNumber        // [INC0001234] in the subject
	byReturned      // our signed id inside a bounce
)

// candidate is the ticket a mail points at, before its sender is looked at.
type candidate struct {
	clue   clue
	ticket desk.Ticket
	parent desk.Message // what it answers, if that is known
	where  string       // the words that pointed there
	named  desk.Ticket  // the ticket itself, or the duplicate that was merged into it
}

// led is the candidate a ticket leads to: where it was merged into, that goes on
// (sync SPEC R17).
func (c *Converter) led(ctx context.Context, as clue, named desk.Ticket, parent desk.Message, where string) (candidate, error) {
	t := named
	for t.MergedInto != "" {
		into, err := c.Sink.Ticket(ctx, t.MergedInto)
		if err != nil {
			return candidate{}, fmt.Errorf("look up what %s was merged into: %w", t.Number, err)
		}
		t = into
	}
	return candidate{as, t, parent, where, named}, nil
}

// find looks for the candidate: what a person moved, then our token, then stored
// Message-IDs with In-Reply-To first and References from the newest, then the
// meeting of a calendar, then a number in brackets. Words of the subject and numbers in the body count for nothing.
func (c *Converter) find(ctx context.Context, m *message.Message) (candidate, error) {
	answered := ancestors(m)
	for _, search := range []func() (candidate, error){
		func() (candidate, error) { return c.findChosen(ctx, answered) },
		func() (candidate, error) { return c.findToken(ctx, byToken, append(plusTags(m), answered...)) },
		func() (candidate, error) { return c.findMailID(ctx, answered) },
		func() (candidate, error) { return c.findMeeting(ctx, m) },
		func() (candidate, error) { return c.findNumber(ctx, m.Subject) },
	} {
		found, err := search()
		if err != nil || found.clue != noClue {
			return found, err
		}
	}
	return candidate{}, nil
}

// ancestors are the ids a mail answers, the nearest first.
func ancestors(m *message.Message) []string {
	var ids []string
	if m.InReplyTo != "" {
		ids = append(ids, m.InReplyTo)
	}
	for _, id := range slices.Backward(m.References) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// plusTags reads tokens out of the addresses a mail was sent to, such as
// desk+token@example.com.
func plusTags(m *message.Message) (tags []string) {
	var all []string
	for _, a := range slices.Concat(m.To, m.Cc) {
		all = append(all, a.Email)
	}
	for _, address := range append(all, m.Delivered...) {
		local, domain, _ := strings.Cut(strings.Trim(address, " <>"), "@")
		if _, tag, ok := strings.Cut(local, "+"); ok {
			tags = append(tags, tag+"@"+domain)
		}
	}
	return tags
}

// findChosen follows a person's choice: where the nearest mail it answers was
// moved, this one goes too, whatever else of the thread stayed behind. Our
// signature is believed wherever the message stands that it was written for. What
// answers a mail of a side conversation belongs there too, whatever it names
// besides.
func (c *Converter) findChosen(ctx context.Context, ids []string) (candidate, error) {
	as := byMailID
	for _, id := range ids {
		if _, _, ours := c.Token(id); ours {
			as = byToken
		}
	}
	for _, id := range ids {
		parent, err := c.message(ctx, id)
		if err != nil {
			return candidate{}, err
		}
		if parent.ID == "" {
			continue
		}
		where := "a mail it answers"
		switch {
		case parent.Chosen():
			where += ", which was moved there"
		case parent.Kind != desk.AsideAnswer:
			return candidate{}, nil
		}
		t, err := c.Sink.Ticket(ctx, parent.Ticket)
		if err != nil {
			return candidate{}, fmt.Errorf("look up the ticket a message was moved to: %w", err)
		}
		return c.led(ctx, as, t, parent, where)
	}
	return candidate{}, nil
}

func (c *Converter) findToken(ctx context.Context, as clue, ids []string) (candidate, error) {
	for _, id := range ids {
		ticket, _, ok := c.Token(id)
		if !ok {
			continue
		}
		t, err := c.Sink.Ticket(ctx, desk.TicketID(ticket))
		if errors.Is(err, ErrUnknown) {
			continue
		}
		if err != nil {
			return candidate{}, fmt.Errorf("look up the ticket of a token: %w", err)
		}
		parent, err := c.message(ctx, id)
		if err != nil {
			return candidate{}, err
		}
		return c.led(ctx, as, t, parent, "our signature")
	}
	return candidate{}, nil
}

func (c *Converter) findMailID(ctx context.Context, ids []string) (candidate, error) {
	for _, id := range ids {
		parent, err := c.message(ctx, id)
		if err != nil {
			return candidate{}, err
		}
		if parent.ID == "" {
			continue
		}
		t, err := c.Sink.Ticket(ctx, parent.Ticket)
		if errors.Is(err, ErrUnknown) {
			continue
		}
		if err != nil {
			return candidate{}, fmt.Errorf("look up the ticket of a message: %w", err)
		}
		return c.led(ctx, byMailID, t, parent, "a mail it answers")
	}
	return candidate{}, nil
}

var bracketed = regexp.MustCompile(`\[([A-Z]{3}\d{7,})\]`)

func (c *Converter) findNumber(ctx context.Context, subject string) (candidate, error) {
	for _, match := range bracketed.FindAllStringSubmatch(subject, 8) {
		if _, _, err := desk.ParseNumber(desk.Number(match[1])); err != nil {
			continue
		}
		t, err := c.Sink.TicketByNumber(ctx, desk.Number(match[1]))
		if errors.Is(err, ErrUnknown) {
			continue
		}
		if err != nil {
			return candidate{}, fmt.Errorf("look up ticket %s: %w", match[1], err)
		}
		return c.led(ctx, byNumber, t, desk.Message{}, match[0]+" in its subject")
	}
	return candidate{}, nil
}

// message is the oldest message with a Message-ID, or the zero Message.
func (c *Converter) message(ctx context.Context, mailID string) (desk.Message, error) {
	m, err := c.Sink.MessageByMailID(ctx, mailID)
	if err != nil && !errors.Is(err, ErrUnknown) {
		return desk.Message{}, fmt.Errorf("look up mail %s: %w", mailID, err)
	}
	return m, nil
}
