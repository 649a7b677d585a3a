package intake

import (
	"context"
	"fmt"
	"strings"
	"time"

	"holdall/desk"
	"holdall/mail/message"
)

// carried are the reasons by which the reader calls a mail automatic although
// a person may have written it: it came through a list, or asks for no
// automatic answer. It gets none, and counts as a person's in the thread.
var carried = []string{"list-", "precedence", "x-precedence", "x-auto-response-suppress", "feedback-id"}

// machineMade reports whether no person wrote the mail (RFC 3834 §5): it then
// resumes and reopens nothing and is no first response.
func machineMade(m *message.Message) bool {
	if !m.AutoSubmitted {
		return m.OutOfOffice || m.Bounce != nil
	}
	reason := strings.ToLower(m.Reason)
	for _, prefix := range carried {
		if strings.HasPrefix(reason, prefix) {
			return m.OutOfOffice || m.Bounce != nil
		}
	}
	return true
}

// reply decides whether a mail is answered automatically: never a machine or a
// list, never ourselves, at most one answer to a sender in an hour, within a
// total budget, and not at all in a storm.
func (c *Converter) reply(ctx context.Context, kind ReplyKind, m *message.Message, s sender, ticket desk.TicketID) (*Reply, error) {
	if m.AutoSubmitted || m.OutOfOffice || m.Bounce != nil || s.ours || s.doubt != "" || !s.known() || c.loops(m) {
		return nil, nil
	}
	hour, err := c.Sink.Traffic(ctx, s.address.Email, c.now().Add(-time.Hour))
	if err != nil {
		return nil, fmt.Errorf("count the answers to %s: %w", s.address.Email, err)
	}
	if hour.Replies > 0 || hour.Total >= c.replyBudget() {
		return nil, nil
	}
	if storm, err := c.storm(ctx, s); err != nil || storm {
		return nil, err
	}
	return &Reply{Kind: kind, To: s.address, Ticket: ticket, InReplyTo: m.MessageID, References: m.References}, nil
}

// loops reports whether the mail has been through our hands: X-Loop, or a
// Message-ID of our own.
func (c *Converter) loops(m *message.Message) bool {
	if len(m.Loop) > 0 {
		return true
	}
	if _, _, ours := c.Token(m.MessageID); ours {
		return true
	}
	_, domain, _ := strings.Cut(m.MessageID, "@")
	return c.Domain != "" && strings.EqualFold(domain, c.Domain)
}
