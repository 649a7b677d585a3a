package post

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"holdall/desk"
	"holdall/mail/message"
	"holdall/store"
)

// attends writes the calendar of a reply that answers an invitation; nil if it
// answers none. It is made of the calendar that asked, which may say of the
// meeting what the desk does not keep. One that cannot be read any more is
// answered in words alone.
func (p *Post) attends(tx *store.CentralTx, m desk.Message) ([]byte, error) {
	if m.Invitation == nil || m.Invitation.Method != desk.MeetingAnswered || m.About == "" {
		return nil, nil
	}
	asked, err := desk.Read[desk.Message](tx, desk.Message{ID: m.About}.Key())
	if errors.Is(err, desk.ErrUnknown) || err == nil && asked.Origin == nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	raw, err := tx.RawMail(asked.Origin.SHA256)
	if errors.Is(err, desk.ErrUnknown) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the invitation of %s: %w", m.About, err)
	}
	read, err := message.Parse(context.Background(), raw, message.Limits{})
	if read == nil || read.Invite == nil {
		return nil, err
	}
	calendar, err := read.Invite.AnswerAs(p.attendee(read.Invite), m.Invitation.Answer, m.At)
	if err != nil {
		return nil, &unwritable{err}
	}
	return calendar, nil
}

// metaMeeting names the mail by which an address first asked to a meeting.
func metaMeeting(uid, from string) string {
	return "mail.meeting." + named("meeting", uid, strings.ToLower(from))
}

// callMeeting notes a mail that asks to a meeting, unless another did before it:
// by it a change or a cancellation that answers no mail finds its ticket.
func callMeeting(tx *store.CentralTx, m desk.Message) error {
	i := m.Invitation
	if i == nil || i.Method != desk.MeetingAsked || i.UID == "" || m.From == nil || m.Suspect {
		return nil
	}
	if _, err := calledBy(tx, i.UID, m.From.Email); !errors.Is(err, desk.ErrUnknown) {
		return err
	}
	return tx.SetMeta(metaMeeting(i.UID, m.From.Email), string(m.ID))
}

func calledBy(tx *store.CentralTx, uid, from string) (desk.Message, error) {
	id, err := tx.Meta(metaMeeting(uid, from))
	if err != nil {
		return desk.Message{}, err
	}
	if id == "" {
		return desk.Message{}, desk.ErrUnknown
	}
	return desk.Read[desk.Message](tx, desk.Message{ID: desk.MessageID(id)}.Key())
}

// MessageByMeeting finds the mail by which somebody first asked to a meeting.
func (s *Sink) MessageByMeeting(ctx context.Context, uid, from string) (desk.Message, error) {
	return look(ctx, s, func(tx *store.CentralTx) (desk.Message, error) { return calledBy(tx, uid, from) })
}

// attendee is who of the invited is the desk: by its own address, or else the
// mailbox the mail came to, which calendars know it by.
func (p *Post) attendee(i *message.Invite) message.Address {
	for _, a := range i.Attendees {
		if strings.EqualFold(a.Email, p.From.Email) {
			return message.Address{Name: a.Name, Email: a.Email}
		}
	}
	return message.Address{Name: p.From.Name, Email: p.From.Email}
}
