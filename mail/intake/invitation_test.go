package intake

import (
	"strings"
	"testing"
	"time"

	"holdall/desk"
)

// TestAMeetingComesWithItsMessage, and stays a file of it.
func TestAMeetingComesWithItsMessage(t *testing.T) {
	calendar := "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:meeting-1\nSEQUENCE:2\nDTSTAMP:20260301T090000Z\n" +
		"DTSTART:$START\nDTEND:20260302T140000Z\nSUMMARY:Look at the printer\nLOCATION:Room 4\nORGANIZER;CN=Mira:mailto:mira@example.com\n" +
		"ATTENDEE;CN=Desk:mailto:desk@example.com\nEND:VEVENT\nEND:VCALENDAR\n"
	for start, want := range map[string]time.Time{"20260302T130000Z": time.Date(2026, 3, 2, 13, 0, 0, 0, time.UTC), "soon": {}} {
		w := newWorld(t)
		m := w.message(w.get("From: mira@example.com\nTo: desk@example.com\nSubject: Meeting\nMessage-ID: <m@example.com>\nContent-Type: multipart/alternative; boundary=b\n\n" +
			"--b\nContent-Type: text/plain\n\nShall we meet?\n--b\nContent-Type: text/calendar; method=REQUEST\n\n" + strings.ReplaceAll(calendar, "$START", start) + "--b--\n"))
		i := m.Invitation
		if i == nil || i.Method != desk.MeetingAsked || i.UID != "meeting-1" || i.Sequence != 2 || i.Title != "Look at the printer" || i.Place != "Room 4" ||
			i.Organizer.Email != "mira@example.com" || len(i.Attendees) != 1 || !i.Start.Equal(want) {
			t.Errorf("%s: %+v", start, i)
		}
		if _, err := desk.Encode(m); err != nil {
			t.Errorf("%s: %v", start, err)
		}
	}
	w := newWorld(t)
	if m := w.message(w.get(letter("mira@example.com", "first", "Printer is dead", ""))); m.Invitation != nil {
		t.Errorf("no calendar, and a meeting: %+v", m.Invitation)
	}
}
