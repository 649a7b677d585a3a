package desk

import "testing"

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
