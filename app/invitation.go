package app

import (
	"time"

	"holdall/desk"
)

// InvitationView is a meeting a mail speaks of, as the thread shows it.
type InvitationView struct {
	Standing   string         `json:"standing"` // stands, replaced, cancelled or told; empty: the message speaks of no meeting
	Title      string         `json:"title"`
	Place      string         `json:"place"`
	When       MeetingTime    `json:"when"`
	Occurrence MeetingTime    `json:"occurrence"` // of a series the one it speaks of, by when it was to be
	Repeats    string         `json:"repeats"`
	Organizer  string         `json:"organizer"`
	Attendees  []AttendeeView `json:"attendees"`
	Moved      MeetingTime    `json:"moved"`      // of one that is replaced: when it is now, if that changed
	MovedPlace string         `json:"movedPlace"` // and where
	Answer     string         `json:"answer"`     // of somebody's answer: accepted, tentative or declined
	MayAnswer  bool           `json:"mayAnswer"`
	Answered   string         `json:"answered"` // how the desk answered last, likewise; empty: not yet
}

// MeetingTime is when a meeting is; empty where it does not say.
type MeetingTime struct {
	Start  string `json:"start"` // of an all-day meeting a date: 2026-03-02
	End    string `json:"end"`   // likewise, its last day; empty: it does not say
	AllDay bool   `json:"allDay"`
}

// AttendeeView is somebody who is asked to a meeting.
type AttendeeView struct {
	Name   string `json:"name"`
	Answer string `json:"answer"` // accepted, tentative or declined; empty: none yet
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
	v := InvitationView{Attendees: []AttendeeView{}}
	i := m.Invitation
	if i == nil {
		return v
	}
	v.Standing, v.Title, v.Place, v.Repeats, v.When = string(i.Standing(thread)), i.Title, i.Place, i.Repeats, meetingTime(*i)
	v.MayAnswer = v.Standing == string(desk.MeetingStands) && i.Organizer.Email != "" && i.UID != "" && !m.Beside()
	for _, later := range thread {
		if later.About == m.ID && later.Invitation != nil && later.Delivery != desk.DeliveryDiscarded {
			v.Answered = meetingAnswers[later.Invitation.Answer]
		}
	}
	v.Organizer, v.Answer = recipients([]desk.Address{i.Organizer}), meetingAnswers[i.Answer]
	for _, a := range i.Attendance(thread) {
		v.Attendees = append(v.Attendees, AttendeeView{Name: recipients([]desk.Address{a.Address}), Answer: meetingAnswers[a.Answer]})
	}
	if !i.Occurrence.IsZero() {
		v.Occurrence = meetingTime(desk.Invitation{Start: i.Occurrence, AllDay: i.AllDay})
	}
	if newest := i.Newest(thread); v.Standing == string(desk.MeetingReplaced) && newest.Occurrence.Equal(i.Occurrence) {
		if now := meetingTime(newest); now != v.When {
			v.Moved = now
		}
		if newest.Place != i.Place {
			v.MovedPlace = newest.Place
		}
	}
	return v
}

func meetingTime(i desk.Invitation) MeetingTime {
	switch {
	case i.Start.IsZero():
		return MeetingTime{}
	case !i.AllDay:
		return MeetingTime{Start: instant(i.Start), End: instant(i.End)}
	}
	when := MeetingTime{Start: i.Start.Format(time.DateOnly), AllDay: true}
	if last := i.End.AddDate(0, 0, -1); last.After(i.Start) { // RFC 5545 §3.6.1: the end is the day after
		when.End = last.Format(time.DateOnly)
	}
	return when
}
