package app

import (
	"testing"
	"time"

	"holdall/desk"
)

// TestAMeetingShowsAsTheConversationLeavesIt, its times as instants, its days as
// days.
func TestAMeetingShowsAsTheConversationLeavesIt(t *testing.T) {
	at := time.Date(2026, 3, 2, 13, 0, 0, 0, time.UTC)
	asked := desk.Message{Invitation: &desk.Invitation{Method: desk.MeetingAsked, UID: "u", Title: "Printer", Start: at, End: at.Add(time.Hour),
		Organizer: desk.Address{Name: "Annika", Email: "annika@example.com"}, Place: "Room 4",
		Attendees: []desk.Attendee{{Address: desk.Address{Email: "desk@example.com"}}, {Address: desk.Address{Name: "Ben", Email: "ben@example.com"}, Answer: "TENTATIVE"}}}}
	off := desk.Message{Invitation: &desk.Invitation{Method: desk.MeetingCancelled, UID: "u", Sequence: 1}}
	v := showInvitation(asked, []desk.Message{asked})
	if v.Standing != "stands" || v.When != (MeetingTime{Start: "2026-03-02T13:00:00Z", End: "2026-03-02T14:00:00Z"}) || v.Organizer != "Annika <annika@example.com>" ||
		len(v.Attendees) != 2 || v.Attendees[1] != (AttendeeView{"Ben <ben@example.com>", "tentative"}) || v.Moved != (MeetingTime{}) {
		t.Errorf("%+v", v)
	}
	if v := showInvitation(asked, []desk.Message{asked, off}); v.Standing != "cancelled" {
		t.Errorf("called off: %+v", v)
	}
	moved, again := asked, asked
	later, same := *asked.Invitation, *asked.Invitation
	later.Sequence, later.Start, later.End, later.Place = 1, at.AddDate(0, 0, 1), at.AddDate(0, 0, 1), "Room 5"
	same.Sequence = 1
	moved.Invitation, again.Invitation = &later, &same
	if v := showInvitation(asked, []desk.Message{asked, moved}); v.Standing != "replaced" || v.Moved.Start != "2026-03-03T13:00:00Z" || v.MovedPlace != "Room 5" || v.MayAnswer {
		t.Errorf("moved: %+v", v)
	}
	if v := showInvitation(asked, []desk.Message{asked, again}); v.Standing != "replaced" || v.Moved != (MeetingTime{}) || v.MovedPlace != "" {
		t.Errorf("asked again: %+v", v)
	}
	declined := desk.Message{From: &desk.Address{Email: "ben@example.com"}, Invitation: &desk.Invitation{Method: desk.MeetingAnswered, UID: "u", Answer: "DECLINED", Attendees: asked.Invitation.Attendees[1:]}}
	if v := showInvitation(asked, []desk.Message{asked, declined}); v.Attendees[1].Answer != "declined" {
		t.Errorf("Ben declined: %+v", v)
	}
	once := desk.Message{Invitation: &desk.Invitation{Method: desk.MeetingAsked, UID: "u", Start: at.Add(time.Hour), Occurrence: at}}
	if v := showInvitation(once, nil); v.Occurrence.Start != "2026-03-02T13:00:00Z" || v.When.Start != "2026-03-02T14:00:00Z" {
		t.Errorf("one of a series: %+v", v)
	}
	for days, want := range map[int]string{1: "", 2: "2026-03-03"} {
		day := desk.Message{Invitation: &desk.Invitation{Method: desk.MeetingAsked, AllDay: true, Start: at.Truncate(24 * time.Hour), End: at.Truncate(24*time.Hour).AddDate(0, 0, days)}}
		if v := showInvitation(day, nil); v.When != (MeetingTime{Start: "2026-03-02", End: want, AllDay: true}) {
			t.Errorf("%d days: %+v", days, v)
		}
	}
	answer := desk.Message{Invitation: &desk.Invitation{Method: desk.MeetingAnswered, UID: "u", Answer: "DECLINED"}}
	if v := showInvitation(answer, nil); v.Standing != "told" || v.Answer != "declined" || v.When != (MeetingTime{}) {
		t.Errorf("an answer: %+v", v)
	}
	if v := showInvitation(desk.Message{}, nil); v.Standing != "" || v.Attendees == nil {
		t.Errorf("no meeting: %+v", v)
	}
}
