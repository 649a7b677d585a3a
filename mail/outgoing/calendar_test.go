package outgoing

import (
	"strings"
	"testing"
)

// TestACalendarStandsBesideTheText: RFC 6047 §2.4, as another way to say the same.
func TestACalendarStandsBesideTheText(t *testing.T) {
	a := answer()
	a.Calendar = []byte("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n")
	raw, err := Compose(a)
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	for _, want := range []string{"multipart/alternative", "Content-Type: text/calendar; method=REPLY; charset=UTF-8", "METHOD:REPLY", "Content-Type: text/plain"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}
