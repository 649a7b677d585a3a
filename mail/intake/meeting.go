package intake

import (
	"context"
	"errors"
	"fmt"

	"holdall/desk"
	"holdall/mail/message"
)

// caller is who called the meeting that a calendar speaks of: whoever sends an
// invitation or takes one back speaks for it alone, and an answer goes to the
// organiser (RFC 5546 §3.2). Empty: the calendar leads nowhere.
func caller(m *message.Message) string {
	switch {
	case m.Invite == nil || m.Invite.UID == "":
		return ""
	case m.Invite.Method == desk.MeetingAsked || m.Invite.Method == desk.MeetingCancelled:
		return fold(m.From.Email)
	case m.Invite.Method == desk.MeetingAnswered:
		return fold(m.Invite.Organizer.Email)
	}
	return ""
}

// findMeeting looks for the ticket on which its sender asked to the meeting that
// a calendar speaks of: many programs send a change or a cancellation as a mail
// that answers none. An invitation that somebody passes on is a matter of theirs.
func (c *Converter) findMeeting(ctx context.Context, m *message.Message) (candidate, error) {
	who := caller(m)
	if who == "" {
		return candidate{}, nil
	}
	asked, err := c.Sink.MessageByMeeting(ctx, m.Invite.UID, who)
	if errors.Is(err, ErrUnknown) {
		return candidate{}, nil
	}
	if err != nil {
		return candidate{}, fmt.Errorf("look up the meeting %s: %w", m.Invite.UID, err)
	}
	t, err := c.Sink.Ticket(ctx, asked.Ticket)
	if errors.Is(err, ErrUnknown) {
		return candidate{}, nil
	}
	if err != nil {
		return candidate{}, fmt.Errorf("look up the ticket of a meeting: %w", err)
	}
	return c.led(ctx, byMeeting, t, asked, "the meeting “"+cut(asked.Invitation.Title, 80)+"” of which it speaks")
}
