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
		Organizer: desk.Address{Name: "Annika", Email: "annika@example.com"}, Attendees: []desk.Address{{Email: "desk@example.com"}}}}
	off := desk.Message{Invitation: &desk.Invitation{Method: desk.MeetingCancelled, UID: "u", Sequence: 1}}
	v := showInvitation(asked, []desk.Message{asked})
	if v.Standing != "stands" || v.Start != "2026-03-02T13:00:00Z" || v.End != "2026-03-02T14:00:00Z" || v.Organizer != "Annika <annika@example.com>" || len(v.Attendees) != 1 {
		t.Errorf("%+v", v)
	}
	if v := showInvitation(asked, []desk.Message{asked, off}); v.Standing != "cancelled" {
		t.Errorf("called off: %+v", v)
	}
	for days, want := range map[int]string{1: "", 2: "2026-03-03"} {
		day := desk.Message{Invitation: &desk.Invitation{Method: desk.MeetingAsked, AllDay: true, Start: at.Truncate(24 * time.Hour), End: at.Truncate(24*time.Hour).AddDate(0, 0, days)}}
		if v := showInvitation(day, nil); v.Start != "2026-03-02" || v.End != want {
			t.Errorf("%d days: %+v", days, v)
		}
	}
	answer := desk.Message{Invitation: &desk.Invitation{Method: desk.MeetingAnswered, UID: "u", Answer: "DECLINED"}}
	if v := showInvitation(answer, nil); v.Standing != "told" || v.Answer != "declined" || v.Start != "" {
		t.Errorf("an answer: %+v", v)
	}
	if v := showInvitation(desk.Message{}, nil); v.Standing != "" || v.Attendees == nil {
		t.Errorf("no meeting: %+v", v)
	}
}
