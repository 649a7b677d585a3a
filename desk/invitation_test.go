package desk

import (
	"testing"
	"time"
)

// TestAMeetingStandsAsItsNewestWordSays, whenever that arrived.
func TestAMeetingStandsAsItsNewestWordSays(t *testing.T) {
	of := func(method InvitationMethod, uid string, sequence int) Message {
		return Message{Invitation: &Invitation{Method: method, UID: uid, Sequence: sequence}}
	}
	held := of(MeetingCancelled, "a", 5)
	held.Suspect = true
	for _, c := range []struct {
		title  string
		first  Message
		others []Message
		want   Meeting
	}{
		{"alone", of(MeetingAsked, "a", 0), nil, MeetingStands},
		{"of another meeting", of(MeetingAsked, "a", 0), []Message{of(MeetingAsked, "b", 1), of(MeetingCancelled, "b", 1), {}}, MeetingStands},
		{"a newer one", of(MeetingAsked, "a", 0), []Message{of(MeetingAsked, "a", 1)}, MeetingReplaced},
		{"an older one that came late", of(MeetingAsked, "a", 1), []Message{of(MeetingAsked, "a", 0)}, MeetingStands},
		{"the same again", of(MeetingAsked, "a", 1), []Message{of(MeetingAsked, "a", 1)}, MeetingStands},
		{"called off", of(MeetingAsked, "a", 1), []Message{of(MeetingCancelled, "a", 1)}, MeetingOff},
		{"moved, then called off", of(MeetingAsked, "a", 0), []Message{of(MeetingAsked, "a", 1), of(MeetingCancelled, "a", 2)}, MeetingOff},
		{"called off, then asked anew", of(MeetingAsked, "a", 0), []Message{of(MeetingCancelled, "a", 1), of(MeetingAsked, "a", 2)}, MeetingReplaced},
		{"asked anew, and the older word came late", of(MeetingAsked, "a", 2), []Message{of(MeetingCancelled, "a", 1), of(MeetingAsked, "a", 0)}, MeetingStands},
		{"an older word called it off", of(MeetingAsked, "a", 2), []Message{of(MeetingCancelled, "a", 1)}, MeetingStands},
		{"a stranger calls it off", of(MeetingAsked, "a", 0), []Message{held}, MeetingStands},
		{"the cancellation itself", of(MeetingCancelled, "a", 1), nil, MeetingOff},
		{"somebody's answer", of(MeetingAnswered, "a", 0), []Message{of(MeetingCancelled, "a", 1)}, MeetingTold},
		{"without a name", of(MeetingAsked, "", 0), []Message{of(MeetingAsked, "", 1)}, MeetingStands},
	} {
		if got := c.first.Invitation.Standing(append([]Message{c.first}, c.others...)); got != c.want {
			t.Errorf("%s: %s, want %s", c.title, got, c.want)
		}
	}
}

// TestAWordAboutAnOccurrenceHoldsForThatAlone, one about the series for each.
func TestAWordAboutAnOccurrenceHoldsForThatAlone(t *testing.T) {
	monday := time.Date(2026, 3, 2, 13, 0, 0, 0, time.UTC)
	of := func(method InvitationMethod, sequence int, occurrence time.Time) Message {
		return Message{Invitation: &Invitation{Method: method, UID: "a", Sequence: sequence, Occurrence: occurrence}}
	}
	series, once, other := of(MeetingAsked, 0, time.Time{}), of(MeetingAsked, 1, monday), of(MeetingAsked, 1, monday.AddDate(0, 0, 7))
	for _, c := range []struct {
		title string
		said  Message
		want  [3]Meeting // of the series and the two occurrences
	}{
		{"one is called off", of(MeetingCancelled, 2, monday), [3]Meeting{MeetingStands, MeetingOff, MeetingStands}},
		{"one is moved", of(MeetingAsked, 2, monday), [3]Meeting{MeetingStands, MeetingReplaced, MeetingStands}},
		{"all are called off", of(MeetingCancelled, 2, time.Time{}), [3]Meeting{MeetingOff, MeetingOff, MeetingOff}},
	} {
		thread := []Message{series, once, other, c.said}
		for n, m := range thread[:3] {
			if got := m.Invitation.Standing(thread); got != c.want[n] {
				t.Errorf("%s: the %d. is %s, want %s", c.title, n+1, got, c.want[n])
			}
		}
	}
}

// TestWhoComes: nobody answers for another, and what is held counts for nothing.
func TestWhoComes(t *testing.T) {
	ben, eve := Attendee{Address: Address{Name: "Ben", Email: "ben@example.com"}}, Attendee{Address: Address{Email: "eve@example.com"}, Answer: "TENTATIVE"}
	asked := Message{Invitation: &Invitation{Method: MeetingAsked, UID: "a", Sequence: 2, Attendees: []Attendee{ben, eve}}}
	says := func(from string, who Attendee, answer string, sequence int) Message {
		return Message{From: &Address{Email: from}, Invitation: &Invitation{Method: MeetingAnswered, UID: "a", Sequence: sequence, Answer: answer, Attendees: []Attendee{who}}}
	}
	held := says("ben@example.com", ben, "DECLINED", 2)
	held.Suspect = true
	for _, c := range []struct {
		title    string
		said     []Message
		ben, eve string
	}{
		{"nobody answered", nil, "", "TENTATIVE"},
		{"one answers", []Message{says("BEN@example.com", ben, "ACCEPTED", 2)}, "ACCEPTED", "TENTATIVE"},
		{"and thinks again", []Message{says("ben@example.com", ben, "ACCEPTED", 2), says("ben@example.com", ben, "DECLINED", 2)}, "DECLINED", "TENTATIVE"},
		{"for another", []Message{says("ben@example.com", eve, "DECLINED", 2)}, "", "TENTATIVE"},
		{"to an older revision", []Message{says("ben@example.com", ben, "ACCEPTED", 1)}, "", "TENTATIVE"},
		{"held", []Message{held}, "", "TENTATIVE"},
		{"who was not asked", []Message{says("mira@example.com", Attendee{Address: Address{Email: "mira@example.com"}}, "ACCEPTED", 2)}, "", "TENTATIVE"},
		{"without an answer", []Message{says("eve@example.com", eve, "", 2)}, "", "TENTATIVE"},
	} {
		got := asked.Invitation.Attendance(append([]Message{asked}, c.said...))
		if len(got) != 2 || got[0].Answer != c.ben || got[1].Answer != c.eve {
			t.Errorf("%s: %+v", c.title, got)
		}
		if asked.Invitation.Attendees[0].Answer != "" {
			t.Fatal("the invitation itself was written")
		}
	}
}
