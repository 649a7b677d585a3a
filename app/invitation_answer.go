package app

import (
	"fmt"

	"holdall/desk"
	"holdall/store"
)

// inWords are what an answer to an invitation says to who reads no calendar.
var inWords = map[string]string{"ACCEPTED": "We come to “%s”.", "TENTATIVE": "We may come to “%s”.", "DECLINED": "We cannot come to “%s”."}

// AnswerMeeting answers an invitation: who called the meeting gets words and a
// calendar, like any other reply of the ticket.
func (t *Ticket) AnswerMeeting(r MeetingRequest) error {
	ws, err := t.app.complete()
	if err != nil {
		return err
	}
	answer := ""
	for said, shown := range meetingAnswers {
		if shown == r.Answer {
			answer = said
		}
	}
	if answer == "" {
		return desk.Refuse(desk.CodeValidation, "%q is no answer to an invitation; accept it, decline it, or say that you may come.", r.Answer)
	}
	var now desk.Ticket
	var asked desk.Message
	err = ws.view(func(tx *store.ReplicaTx) error {
		if now, err = readTicket(tx, desk.TicketID(r.TicketID)); err != nil {
			return err
		}
		asked, err = desk.Read[desk.Message](tx, desk.Message{ID: desk.MessageID(r.MessageID)}.Key())
		return err
	})
	if err != nil {
		return err
	}
	id, err := newID()
	if err != nil {
		return err
	}
	title := asked.Subject
	if asked.Invitation != nil && asked.Invitation.Title != "" {
		title = asked.Invitation.Title
	}
	return t.app.changeAll(ws, newChange{name: desk.MessageAdd, ticket: now.ID, args: desk.AddMessage{Message: desk.Message{
		ID: desk.MessageID(id), Kind: desk.PublicReply, Text: fmt.Sprintf(inWords[answer], title), About: asked.ID, Seen: now.LastPublic,
		Invitation: &desk.Invitation{Answer: answer},
	}}})
}
