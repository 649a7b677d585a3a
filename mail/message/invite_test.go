package message

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"holdall/desk"
)

// calendar is one with a single event of some lines.
func calendar(lines ...string) []byte {
	return []byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
}

// outlook is the calendar of the fixture, whose zone only Outlook knows.
func outlook(t *testing.T) []byte {
	t.Helper()
	mail, err := os.ReadFile("../testdata/invite.eml")
	if err != nil {
		t.Fatal(err)
	}
	_, from, _ := strings.Cut(string(mail), "BEGIN:VCALENDAR")
	body, _, _ := strings.Cut(from, "--line3--")
	return []byte(strings.ReplaceAll("BEGIN:VCALENDAR"+body, "\n", "\r\n"))
}

func TestAMeetingIsToldInItsOwnZone(t *testing.T) {
	for winter, want := range map[string]string{
		"20260702T090000": "2026-07-02T09:00:00+02:00", "20260102T090000": "2026-01-02T09:00:00+01:00",
		"20260329T015959": "2026-03-29T01:59:59+01:00", "20260329T030000": "2026-03-29T03:00:00+02:00",
		"20261025T040000": "2026-10-25T04:00:00+01:00",
	} {
		raw := strings.ReplaceAll(string(outlook(t)), "DTSTART;TZID=W. Europe Standard Time:20260702T090000", "DTSTART;TZID=W. Europe Standard Time:"+winter)
		if got := readInvite([]byte(raw), "").Start.Format(time.RFC3339); got != want {
			t.Errorf("%s is %s, want %s", winter, got, want)
		}
	}
	for line, want := range map[string]string{
		"DTSTART:20260702T070000Z":                    "2026-07-02T07:00:00Z",
		"DTSTART;TZID=Europe/Berlin:20260702T090000":  "2026-07-02T09:00:00+02:00",
		"DTSTART;TZID=Nowhere/At All:20260702T090000": "2026-07-02T09:00:00Z",
		"DTSTART;VALUE=DATE:20260702":                 "2026-07-02T00:00:00Z",
		"DTSTART:99991231T235959Z":                    "9999-12-31T23:59:59Z",
		"DTSTART:soon":                                "0001-01-01T00:00:00Z",
	} {
		i := readInvite(calendar("UID:a", line, "DURATION:PT90M"), "")
		if got := i.Start.Format(time.RFC3339); got != want {
			t.Errorf("%s is %s, want %s", line, got, want)
		}
		if _, err := json.Marshal(readInvite(calendar("UID:a", line, "DURATION:P99999999D"), "")); err != nil {
			t.Errorf("%s cannot be printed: %v", line, err)
		}
		if !i.Start.IsZero() && i.Start.Year() < 9999 && i.End.Sub(i.Start) != 90*time.Minute {
			t.Errorf("%s lasts %s", line, i.End.Sub(i.Start))
		}
	}
}

func TestHowAMeetingRecurs(t *testing.T) {
	for rule, want := range map[string]string{
		"FREQ=DAILY":                            "every day",
		"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE":    "every 2 weeks on Monday, Wednesday",
		"FREQ=MONTHLY;BYDAY=-1FR;COUNT=6":       "every month on last Friday, 6 times",
		"FREQ=YEARLY;UNTIL=20300101T000000Z":    "every year, until 1 January 2030",
		"FREQ=SECONDLY;INTERVAL=1":              "every second",
		"FREQ=SOMETIMES":                        "",
		"FREQ=MONTHLY;BYDAY=17MO;BYSETPOS=9999": "",
	} {
		got := readInvite(calendar("UID:a", "DTSTART:20260702T070000Z", "RRULE:"+rule), "").Repeats
		if got != want && !(strings.Contains(rule, "17MO") && got == "every month on Monday") {
			t.Errorf("%s is %q, want %q", rule, got, want)
		}
	}
}

// TestAnInvitationIsAnswered: RFC 5546 §3.2.3. What was asked comes back, with
// nobody but who answers.
func TestAnInvitationIsAnswered(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for _, answer := range desk.MeetingAnswers() {
		raw, err := readInvite(outlook(t), "REQUEST").AnswerAs(Address{Name: "Mira \"M\" Sommer", Email: "service@nordlicht-werke.example"}, answer, now)
		if err != nil {
			t.Fatal(err)
		}
		back := readInvite(raw, "")
		if back.Method != "REPLY" || back.Answer != answer || back.UID != "040000008200E00074C5B7101A82E008" || back.Sequence != 2 ||
			back.Organizer.Email != "j.hinrichs@nordlicht-werke.example" || len(back.Attendees) != 1 || back.Attendees[0].Email != "service@nordlicht-werke.example" {
			t.Errorf("%s: %+v", answer, back)
		}
		if !back.Start.Equal(readInvite(outlook(t), "").Start) || strings.Contains(string(raw), "Petersen") {
			t.Errorf("%s:\n%s", answer, raw)
		}
	}
	for what, err := range map[string]error{
		"an answer that is none": second(readInvite(outlook(t), "REQUEST").AnswerAs(Address{Email: "a@b.example"}, "PERHAPS", now)),
		"nobody asks":            second(readInvite(calendar("UID:a", "SUMMARY:x"), "REQUEST").AnswerAs(Address{Email: "a@b.example"}, "ACCEPTED", now)),
		"no calendar":            second(readInvite([]byte("hello"), "REQUEST").AnswerAs(Address{Email: "a@b.example"}, "ACCEPTED", now)),
	} {
		if err == nil {
			t.Errorf("%s was answered", what)
		}
	}
}

func second(_ []byte, err error) error { return err }

// TestACalendarThatIsNone stays a file, whatever it holds.
func TestACalendarThatIsNone(t *testing.T) {
	for what, raw := range map[string]string{
		"nothing": "", "text": "no calendar", "cut off": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a",
		"no event": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n",
		"nested":   "BEGIN:VCALENDAR\r\n" + strings.Repeat("BEGIN:VEVENT\r\n", 10_000),
		"too long": string(calendar("UID:a", "DESCRIPTION:"+strings.Repeat("x", calendarMost))),
	} {
		if i := readInvite([]byte(raw), ""); i != nil {
			t.Errorf("%s was read as %+v", what, i)
		}
	}
	many := make([]string, 5000)
	for n := range many {
		many[n] = "ATTENDEE:mailto:a@b.example"
	}
	if i := readInvite(calendar(append(many, "UID:a")...), ""); len(i.Attendees) != attendeesMost {
		t.Errorf("%d attendees are listed", len(i.Attendees))
	}
}
