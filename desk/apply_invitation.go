package desk

import (
	"errors"
	"slices"
)

// MeetingAnswers are the ways to answer an invitation (RFC 5545 §3.2.12).
func MeetingAnswers() []string { return []string{"ACCEPTED", "TENTATIVE", "DECLINED"} }

// attending is how a reply answers an invitation; empty: it is none, or answers
// in words alone.
func (m Message) attending() string {
	if m.Kind != PublicReply || m.Invitation == nil || m.About == "" {
		return ""
	}
	return m.Invitation.Answer
}

// attend makes a reply the answer to the invitation it is about: it goes to who
// called the meeting, and to nobody else (RFC 5546 §3.2.3). What was called off
// or replaced meanwhile is answered by nobody.
func (w *work) attend(m *Message, answer string) error {
	if !slices.Contains(MeetingAnswers(), answer) {
		return invalid("answer", "%q is no answer to an invitation; accept it, decline it, or say that you may come.", answer)
	}
	asked, err := Read[Message](w.view, Message{ID: m.About}.Key())
	if err != nil && !errors.Is(err, ErrUnknown) {
		return err
	}
	i := asked.Invitation
	if err != nil || asked.Ticket != m.Ticket || i == nil || i.Method != MeetingAsked || i.UID == "" || i.Organizer.Email == "" {
		return Refuse(CodeValidation, "The message asks nobody to a meeting; answer it in words.")
	}
	thread, err := w.view.Thread(m.Ticket)
	if err != nil {
		return err
	}
	if asked.Beside() {
		return Refuse(CodeValidation, "The invitation came into a side conversation; answer it there, in words.")
	}
	if i.Standing(thread) != MeetingStands {
		return Refuse(CodeWorkflow, "The meeting was called off or moved meanwhile; answer the newest word about it.")
	}
	m.To, m.Cc = []Address{i.Organizer}, nil
	m.Invitation = &Invitation{Method: MeetingAnswered, UID: i.UID, Sequence: i.Sequence, Title: i.Title, Start: i.Start, End: i.End, AllDay: i.AllDay, Organizer: i.Organizer, Answer: answer}
	return nil
}
