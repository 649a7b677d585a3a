package hub

import (
	"context"
	"strings"
	"time"

	"holdall/mail/intake"
)

// traffic remembers what passed between addresses and the desk for an hour and
// a bit, which is as far back as intake asks. It begins anew with the process:
// what a restart may cost is one acknowledgement too many.
type traffic struct{ passed []passing }

type passing struct {
	from    string
	replied bool
	at      time.Time
}

const (
	trafficSpan = 2 * time.Hour
	trafficMost = 100_000
)

func (t *traffic) note(from string, replied bool, at time.Time) {
	old := at.Add(-trafficSpan)
	for len(t.passed) > 0 && (len(t.passed) >= trafficMost || t.passed[0].at.Before(old)) {
		t.passed = t.passed[1:]
	}
	t.passed = append(t.passed, passing{strings.ToLower(from), replied, at})
}

// Traffic counts what passed since a time.
func (s *MailSink) Traffic(_ context.Context, email string, since time.Time) (intake.Traffic, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var sum intake.Traffic
	email = strings.ToLower(email)
	for _, p := range s.traffic.passed {
		if p.at.Before(since) {
			continue
		}
		if p.replied {
			sum.Total++
		}
		if p.from != email {
			continue
		}
		sum.Mails++
		if p.replied {
			sum.Replies++
		}
	}
	return sum, nil
}
