package desk

import (
	"errors"
	"strings"
)

func addMessage(w *work, a AddMessage) error {
	m := a.Message
	if _, err := w.view.Get(m.Key()); err == nil {
		w.status = Duplicate
		return nil
	} else if !errors.Is(err, ErrUnknown) {
		return err
	}
	t, err := w.ticket()
	if err != nil {
		return err
	}
	if strings.TrimSpace(m.Text) == "" && m.HTML == "" && len(m.Attachments) == 0 && m.Kind != FromRequester && m.Kind != AsideAnswer {
		return invalid("text", "There is nothing written yet; write the answer or note first.")
	}
	m.Ticket, m.Turn, m.At, m.SyncedAt, m.Rev = t.ID, t.next(), w.at, w.now, 1
	if err := w.admit(&t, &m); err != nil {
		return err
	}
	t.touch(w.at)
	w.put(m)
	w.put(t)
	return nil
}

// admit gives the message its place in the thread by its kind.
func (w *work) admit(t *Ticket, m *Message) error {
	answer := m.attending()
	if !w.env.Actor.System {
		// What only mail can know decides about threads and trust: a device
		// never says it of its own message.
		m.MailID, m.Why, m.From, m.Origin, m.Placing, m.Invitation, m.Auto, m.Suspect, m.Problem, m.Wait = "", "", nil, nil, nil, nil, false, false, "", nil
		most, err := w.filesMost(m)
		if err != nil {
			return err
		}
		if err := announce(m.Attachments, most); err != nil {
			return err
		}
	}
	if m.Kind != Forward && answer == "" {
		m.About = ""
	}
	m.Admits = m.Admits && m.Kind == Forward
	if !m.Beside() {
		m.Aside = ""
	}
	switch m.Kind {
	case InternalNote:
		m.Author, m.Delivery, m.To, m.Cc, m.Signature = w.env.Actor.Person, "", nil, nil, ""
	case PublicReply:
		if answer != "" {
			if err := w.attend(m, answer); err != nil {
				return err
			}
		}
		if err := w.address(m); err != nil {
			return err
		}
		w.guard(t, m, m.Seen)
	case Forward:
		return w.forward(t, m)
	case FromRequester:
		if !w.env.Actor.System {
			return Refuse(CodePerm, "Only mail and the hub can add a requester’s message; write it down as an internal note.")
		}
		m.Delivery = ""
		w.hear(t, m)
	case AsideMail:
		if err := w.addressAside(t, m); err != nil {
			return err
		}
		return w.sendAside(t, m, m.Seen)
	case AsideAnswer:
		if !w.env.Actor.System {
			return Refuse(CodePerm, "Only mail and the hub can add an answer to a side conversation; write it down as an internal note.")
		}
		m.Delivery = ""
		return w.hearAside(t, m)
	default:
		return invalid("kind", "There is no kind of message called %q.", m.Kind)
	}
	return nil
}

// address gives a message that leaves its writer and its readers.
func (w *work) address(m *Message) (err error) {
	m.Author = w.env.Actor.Person
	if w.env.Actor.System {
		return nil
	}
	m.To, m.Cc, err = CheckRecipients(m.To, m.Cc)
	return err
}

// guard is the stale-reply guard: a reply leaves only if its writer had seen the
// newest public message; else it is held for a second look. A machine's reply
// answers nothing: the conversation stands where it stood.
func (w *work) guard(t *Ticket, m *Message, seen MessageID) {
	if m.Auto {
		w.queue(m)
		return
	}
	if seen != t.LastPublic {
		w.holdBack(m, "The conversation moved on after this reply was written.")
		return
	}
	w.queue(m)
	t.LastPublic, t.AwaitsReply, t.AwaitsReplySince = m.ID, false, nil
	if t.FirstResponseAt == nil {
		at := w.at
		t.FirstResponseAt = &at
	}
}

// holdBack keeps what was written for a second look of its writer.
func (w *work) holdBack(m *Message, why string) {
	m.Delivery, m.Problem = DeliveryHeld, why
	w.become(Held)
}

// queue puts a reply on its way out. One that is told again may have left before
// the hub forgot it: it is looked for first.
func (w *work) queue(m *Message) {
	m.Delivery, m.Problem, m.Wait = DeliveryQueued, "", nil
	if w.env.Retold {
		m.Delivery, m.Problem = DeliveryUnknown, "The hub was restored from a backup; the answer may have left before."
	}
}

// hear takes in a requester's message: it moves the thread on, resumes a ticket
// that waited for it and reopens one that was resolved or closed. A machine's or
// a stranger's message does none of this.
func (w *work) hear(t *Ticket, m *Message) {
	if m.Auto || m.Suspect {
		return
	}
	t.LastPublic, t.AwaitsReply = m.ID, true
	if t.AwaitsReplySince == nil {
		at := w.at
		t.AwaitsReplySince = &at
	}
	waited := t.State == StateOnHold && t.HoldReason == HoldRequester
	if waited || t.State == StateResolved || t.State == StateClosed {
		w.enter(t, MoveTicket{To: StateInProgress}, EventMoved)
	}
}

func decideReply(w *work, a DecideReply) error {
	t, err := w.standing()
	if err != nil {
		return err
	}
	m, err := w.reply(a.Message)
	if err != nil {
		return err
	}
	if m.Author != w.env.Actor.Person {
		return Refuse(CodePerm, "Only the person who wrote the held reply can decide it.")
	}
	if !ReplyDecide.mayGo(m.Delivery, DeliveryDiscarded) {
		if a.Text != "" && a.Text != m.Text {
			return Refuse(CodeWorkflow, "The held reply was already decided elsewhere; your new text is kept here.")
		}
		return nil
	}
	if a.Text != "" {
		m.Text = a.Text
	}
	switch a.Act {
	case ReplySend:
		m.Seen = a.Seen
		if m.Kind == AsideMail {
			err = w.sendAside(&t, &m, a.Seen)
		} else {
			w.guard(&t, &m, a.Seen)
		}
	case ReplyToNote:
		m.Kind, m.Aside, m.Delivery, m.Problem, m.To, m.Cc, m.Signature = InternalNote, "", "", "", nil, nil, ""
	case ReplyDiscard:
		m.Delivery, m.Problem = DeliveryDiscarded, ""
	default:
		return invalid("act", "A held reply can be sent, kept as a note or discarded, not %q.", a.Act)
	}
	if err != nil {
		return err
	}
	m.Rev++
	t.touch(w.at)
	w.put(m)
	w.put(t)
	return nil
}

// reply reads a public reply of the mutation's ticket.
func (w *work) reply(id MessageID) (Message, error) {
	m, err := Read[Message](w.view, Key{KindMessage, string(id)})
	if errors.Is(err, ErrUnknown) {
		return Message{}, Refuse(CodeGone, "The reply does not exist at the hub; write it again.")
	}
	if err == nil && m.Ticket != w.m.Ticket {
		return Message{}, Refuse(CodeValidation, "The reply belongs to another ticket.")
	}
	return m, err
}
