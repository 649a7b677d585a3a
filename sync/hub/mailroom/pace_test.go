package mailroom

import (
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/mailbox"
)

// TestAnImportEndsWhenItsMailsAreWork, and what is told of its time counts those
// that are fetched and lie in the ledger.
func TestAnImportEndsWhenItsMailsAreWork(t *testing.T) {
	s := &stand{}
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		title     string
		status    mailbox.Status
		unread    int
		state     desk.MailboxState
		rate      float64
		remaining time.Duration
	}{
		{"it begins", mailbox.Status{State: mailbox.StateReading, Waiting: 20_000, Rate: 500}, 0, desk.MailboxImporting, 500, 40 * time.Second},
		{"it is fetched quickly", mailbox.Status{State: mailbox.StateReading, Delivered: 15_000, Waiting: 5000, Rate: 500}, 9000, desk.MailboxImporting, 100, 140 * time.Second},
		{"it is fetched", mailbox.Status{State: mailbox.StateWatching, Delivered: 20_000, Rate: 500}, 2000, desk.MailboxImporting, 200, 10 * time.Second},
		{"it is read anew", mailbox.Status{State: mailbox.StateWatching, Rate: 500}, 2000, desk.MailboxImporting, 500, 4 * time.Second},
		{"nothing moves and nothing is known", mailbox.Status{State: mailbox.StateWatching}, 2000, desk.MailboxImporting, 0, 0},
		{"a few are left", mailbox.Status{State: mailbox.StateWatching}, backlogFrom - 1, desk.MailboxWatching, 0, 0},
		{"the server is away", mailbox.Status{State: mailbox.StateRetrying}, 2000, desk.MailboxRetrying, 0, 0},
	} {
		now = now.Add(time.Minute)
		s.pace.count(c.status, c.unread, now)
		if got := s.state(c.status); got != c.state {
			t.Errorf("%s: %s, want %s", c.title, got, c.state)
		}
		if c.state != desk.MailboxImporting {
			continue
		}
		if rate, remaining := s.pace.left(c.status); rate != c.rate || remaining != c.remaining {
			t.Errorf("%s: %v a second, %s left", c.title, rate, remaining)
		}
	}
	s.Paused = true
	if got := s.state(mailbox.Status{State: mailbox.StateWatching}); got != desk.MailboxPaused {
		t.Errorf("paused: %s", got)
	}
}
