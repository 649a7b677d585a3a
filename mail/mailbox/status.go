package mailbox

import (
	"sync"
	"time"
)

// State is what a source is doing.
type State string

// The states of a source, as the window shows them.
const (
	StateConnecting State = "connecting"
	StateReading    State = "reading"
	StateWatching   State = "watching" // all read, waiting for more
	StateRetrying   State = "retrying" // after an error, until NextTry
	StateStopped    State = "stopped"
)

// Status is how a source is doing, for a person to see.
type Status struct {
	Account   string
	Mailbox   string
	State     State
	Delivered int       // mails since Run began
	Waiting   int       // mails listed and not delivered yet
	Rate      float64   // mails a second in the catch-up that runs or ran last
	LastPoll  time.Time // the last poll that reached the end
	NextTry   time.Time // with StateRetrying
	Class     Class     // of LastError
	LastError string    // empty once a poll has succeeded
	Idling    bool      // the server wakes us
}

// Remaining is how long what waits will take at the present rate; 0 if nothing
// waits or no rate is known yet.
func (s Status) Remaining() time.Duration {
	if s.Waiting <= 0 || s.Rate <= 0 {
		return 0
	}
	return time.Duration(float64(s.Waiting) / s.Rate * float64(time.Second)).Round(time.Second)
}

// board holds the Status and tells of its changes.
type board struct {
	mu     sync.Mutex
	status Status
	tell   func(Status)
	began  time.Time
	sum    int
}

func (b *board) change(f func(*Status)) {
	b.mu.Lock()
	f(&b.status)
	now := b.status
	b.mu.Unlock()
	if b.tell != nil {
		b.tell(now)
	}
}

func (b *board) get() Status {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.status
}

func (b *board) reading(waiting int) {
	b.began, b.sum = time.Now(), 0
	b.change(func(s *Status) { s.State, s.Waiting = StateReading, waiting })
}

func (b *board) delivered(n int) {
	b.sum += n
	rate := float64(b.sum) / max(time.Since(b.began).Seconds(), 1e-3)
	b.change(func(s *Status) {
		s.Delivered += n
		s.Waiting = max(0, s.Waiting-n)
		s.Rate = rate
	})
}

func (b *board) polled() {
	b.change(func(s *Status) {
		s.State, s.Waiting, s.LastPoll = StateWatching, 0, time.Now()
		s.Class, s.LastError, s.NextTry = "", "", time.Time{}
	})
}

func (b *board) failed(err *Error, pause time.Duration) {
	b.change(func(s *Status) {
		s.State, s.NextTry = StateRetrying, time.Now().Add(pause)
		s.Class, s.LastError = err.Class, err.Err.Error()
	})
}

func (b *board) stopped(err *Error) {
	b.change(func(s *Status) {
		s.State, s.NextTry, s.Idling = StateStopped, time.Time{}, false
		if err != nil {
			s.Class, s.LastError = err.Class, err.Err.Error()
		}
	})
}
