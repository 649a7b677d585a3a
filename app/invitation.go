package app

import (
	"time"

	"holdall/desk"
)

// InvitationView is a meeting a mail speaks of, as the thread shows it.
type InvitationView struct {
	Standing  string   `json:"standing"` // stands, replaced, cancelled or told; empty: the message speaks of no meeting
	Title     string   `json:"title"`
	Place     string   `json:"place"`
	Start     string   `json:"start"` // of an all-day meeting a date: 2026-03-02
	End       string   `json:"end"`   // likewise, its last day; empty: it does not say
	AllDay    bool     `json:"allDay"`
	Repeats   string   `json:"repeats"`
	Organizer string   `json:"organizer"`
	Attendees []string `json:"attendees"`
	Answer    string   `json:"answer"` // of somebody's answer: accepted, tentative or declined
	MayAnswer bool     `json:"mayAnswer"`
	Answered  string   `json:"answered"` // how the desk answered last, likewise; empty: not yet
}

// MeetingRequest answers the invitation of a message.
type MeetingRequest struct {
	TicketID  string `json:"ticketId"`
	MessageID string `json:"messageId"`
	Answer    string `json:"answer"` // accepted, tentative or declined
}

var meetingAnswers = map[string]string{"ACCEPTED": "accepted", "TENTATIVE": "tentative", "DECLINED": "declined"}

// showInvitation shows the meeting of a message as the conversation leaves it.
func showInvitation(m desk.Message, thread []desk.Message) InvitationView {
	v := InvitationView{Attendees: []string{}}
	i := m.Invitation
	if i == nil {
		return v
	}
	v.Standing, v.Title, v.Place, v.Repeats, v.AllDay = string(i.Standing(thread)), i.Title, i.Place, i.Repeats, i.AllDay
	v.MayAnswer = v.Standing == string(desk.MeetingStands) && i.Organizer.Email != "" && i.UID != ""
	for _, later := range thread {
		if later.About == m.ID && later.Invitation != nil && later.Delivery != desk.DeliveryDiscarded {
			v.Answered = meetingAnswers[later.Invitation.Answer]
		}
	}
	v.Organizer, v.Answer = recipients([]desk.Address{i.Organizer}), meetingAnswers[i.Answer]
	for _, a := range i.Attendees {
		v.Attendees = append(v.Attendees, recipients([]desk.Address{a}))
	}
	switch {
	case i.Start.IsZero():
	case i.AllDay:
		v.Start = i.Start.Format(time.DateOnly)
		if last := i.End.AddDate(0, 0, -1); last.After(i.Start) { // RFC 5545 §3.6.1: the end is the day after
			v.End = last.Format(time.DateOnly)
		}
	default:
		v.Start, v.End = instant(i.Start), instant(i.End)
	}
	return v
}
