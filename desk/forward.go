package desk

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Leaves reports whether the message goes out as a mail. Nothing else of a
// thread ever does.
func (m Message) Leaves() bool { return m.Kind.leaves() }

func (k MessageKind) leaves() bool { return k == PublicReply || k == Forward || k == AsideMail }

// DescriptionOf names the description of a ticket where a message is named that is
// passed on: what was told by phone is no message.
func DescriptionOf(t TicketID) MessageID { return MessageID(t + ".description") }

// forward sends a message of the thread on to somebody outside the conversation.
// It answers nobody: the requester waits as before and does not see it. What
// comes back is a stranger's, unless its author let the readers in.
func (w *work) forward(t *Ticket, m *Message) error {
	if err := w.address(m); err != nil {
		return err
	}
	if len(m.To) == 0 {
		m.To, m.Cc = m.Cc, nil
	}
	if len(m.To) == 0 {
		return invalid("recipients", "A forwarded message goes to nobody yet; add an address.")
	}
	if m.About == DescriptionOf(t.ID) {
		if strings.TrimSpace(t.Description) == "" {
			return Refuse(CodeGone, "%s has no description (any more) that could be passed on.", t.Number)
		}
		w.queue(m)
		return nil
	}
	about, err := Read[Message](w.view, Key{KindMessage, string(m.About)})
	switch {
	case errors.Is(err, ErrUnknown) || err == nil && (about.Ticket != w.m.Ticket || about.Away()):
		return Refuse(CodeGone, "The message that is forwarded does not stand on this ticket (any more).")
	case err != nil:
		return err
	case about.Kind == InternalNote:
		return invalid("about", "An internal note never leaves the desk; write down what may be told.")
	case about.Beside():
		return invalid("about", "A side conversation is between the desk and its people; write down what others may be told.")
	}
	w.queue(m)
	return nil
}

// Forwarded is a message as it is quoted to whoever it is forwarded to: who
// wrote it when, and what; nothing that stood before it.
func Forwarded(m Message, writer, title string) string {
	subject := title
	if m.Subject != "" {
		subject = m.Subject
	}
	return passedOn("Forwarded message", "From", writer, m.At, subject, m.Text)
}

// ForwardedDescription is the description of a ticket as it is quoted: the desk wrote
// it down, and says for whom.
func ForwardedDescription(t Ticket, requester string) string {
	return passedOn("Ticket "+string(t.Number), "Reported by", requester, t.OpenedAt, t.Title, t.Description)
}

func passedOn(head, by, who string, at time.Time, subject, text string) string {
	return fmt.Sprintf("---------- %s ----------\n%s: %s\nDate: %s\nSubject: %s\n\n%s",
		head, by, who, at.UTC().Format("2 January 2006 15:04 MST"), strings.Join(strings.Fields(subject), " "), strings.TrimSpace(text))
}
