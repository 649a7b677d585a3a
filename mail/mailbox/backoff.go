package mailbox

import (
	"math/rand/v2"
	"time"
)

// Backoff is the pause before the n-th new attempt: anything from nothing to
// First·2ⁿ, at most Max ("full jitter"), so that many watchers do not return
// to a recovering server at once.
type Backoff struct {
	First time.Duration // 5 s
	Max   time.Duration // 15 min
}

func (b Backoff) withDefaults() Backoff {
	fill(&b.First, 5*time.Second)
	fill(&b.Max, 15*time.Minute)
	return b
}

// ceiling is the longest pause before attempt n, counted from 0.
func (b Backoff) ceiling(n int) time.Duration {
	pause := b.First
	for ; n > 0 && pause < b.Max; n-- {
		pause *= 2
	}
	return min(pause, b.Max)
}

func (b Backoff) pause(n int) time.Duration {
	return rand.N(b.ceiling(n) + 1)
}
