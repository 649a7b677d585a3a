package outgoing

import (
	"testing"
	"time"
)

func TestHowLongAServerAsksToWait(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"4.7.1 Greylisted, please try again in 300 seconds":         5 * time.Minute,
		"4.2.0 Greylisting in action, please come back in 00:04:59": 299 * time.Second,
		"Greylisted for 5 minutes (see http://example.org/60)":      5 * time.Minute,
		"4.7.28 Rate limited. Retry after 2 hours.":                 2 * time.Hour,
		"4.3.2 STOREDRV; storage is busy; retry-after: 90":          90 * time.Second,
		"wait 10s": 10 * time.Second,
		"too many connections from 192.0.2.7, try again later": 0,
		"4.3.0 try again":                                                     0,
		"retry in 9999 hours":                                                 patienceMost,
		"the mailbox of user 300 seconds the motion":                          0,
		"4.5.3 Too many recipients, 100 s allowed":                            0,
		"delayed: mailbox 12345678901234567890 is busy":                       0,
		"Temporarily rejected. Try again later. (in reply to RCPT TO) id=7 s": 0,
	} {
		if got := patience(text); got != want {
			t.Errorf("%q asks for %v, want %v", text, got, want)
		}
	}
}
