package app

import (
	"testing"
	"time"

	"holdall/desk"
)

// TestAnInvitationIsAnsweredFromItsCard: at once here, and at the hub; what was
// called off is answered by nobody.
func TestAnInvitationIsAnsweredFromItsCard(t *testing.T) {
	o := newOffice(t)
	o.does(desk.TicketCreate, "t1", desk.CreateTicket{Kind: desk.Incident, Title: "Scanner", Requester: o.annika.ID, Team: o.team.ID, Source: desk.SourceMail})
	says := func(id desk.MessageID, method desk.InvitationMethod, sequence int) {
		o.does(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{
			ID: id, Kind: desk.FromRequester, Requester: o.annika.ID, Text: "Shall we meet?",
			Invitation: &desk.Invitation{Method: method, UID: "u", Sequence: sequence, Title: "Look at the scanner", Start: time.Now(), Organizer: desk.Address{Email: o.annika.Email}},
		}})
	}
	says("m1", desk.MeetingAsked, 0)
	ana := o.laptopOf(o.ana)
	card := func(v TicketView) InvitationView {
		for _, e := range v.Thread {
			if e.ID == "m1" {
				return e.Invitation
			}
		}
		t.Fatalf("no card in %+v", v.Thread)
		return InvitationView{}
	}
	if c := card(ana.open("t1")); !c.MayAnswer || c.Answered != "" {
		t.Errorf("%+v", c)
	}
	refused(t, ana.ticket.AnswerMeeting(MeetingRequest{TicketID: "t1", MessageID: "m1", Answer: "perhaps"}), desk.CodeValidation, "no answer to an invitation")
	must(t, ana.ticket.AnswerMeeting(MeetingRequest{TicketID: "t1", MessageID: "m1", Answer: "accepted"}))
	if c := card(ana.open("t1")); c.Answered != "accepted" {
		t.Errorf("at once: %+v", c)
	}
	ana.sees("the hub has the answer", "t1", func(v TicketView) bool { return !v.Row.Pending && card(v).Answered == "accepted" })

	says("m2", desk.MeetingCancelled, 1)
	ana.sees("the meeting is off", "t1", func(v TicketView) bool { return !card(v).MayAnswer })
	refused(t, ana.ticket.AnswerMeeting(MeetingRequest{TicketID: "t1", MessageID: "m1", Answer: "declined"}), desk.CodeWorkflow, "called off or moved")
}
