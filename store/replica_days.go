package store

import (
	"sync"
	"time"
)

// hubClock is what the hub's clock shows, told from what it last said. The days of
// the journal are counted by it: this device's own may be set years off and back in
// an afternoon, and would end the journal, or keep it for years.
type hubClock struct {
	mu          sync.Mutex
	said, heard time.Time
}

// Heard notes what time it was at the hub, and here.
func (r *Replica) Heard(said, now time.Time) {
	r.hub.mu.Lock()
	defer r.hub.mu.Unlock()
	if !said.IsZero() {
		r.hub.said, r.hub.heard = said, now
	}
}

// hubTime is the present by the hub's clock; false if it was not heard in this run.
// Between two words of the hub the monotonic clock tells, which nobody sets.
func (r *Replica) hubTime(now time.Time) (at time.Time, known bool) {
	r.hub.mu.Lock()
	defer r.hub.mu.Unlock()
	if r.hub.said.IsZero() {
		return now, false
	}
	return r.hub.said.Add(now.Sub(r.hub.heard)), true
}

// journalEnd is before when what is in the journal is let go.
func journalEnd(at time.Time) int64 { return instant(at.AddDate(0, 0, -journalDays)) }
