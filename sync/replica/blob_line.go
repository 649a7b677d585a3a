package replica

import (
	"context"
	"slices"
	"sync"
)

// linesMost is how many files are fetched at a time.
const linesMost = 3

// Urgency says who waits for a file.
type Urgency int

const (
	Ahead    Urgency = iota // nobody yet: it is fetched for a time without a network
	OnScreen                // a person looks at where it will be
)

// lines lets the most urgent files in first, and among those that are on screen
// the latest: what was asked for before may have been scrolled away.
type lines struct {
	mu      sync.Mutex
	free    int
	waiting []*waiter
}

type waiter struct {
	urgency Urgency
	turn    chan struct{}
}

// take waits for a free line; give returns it.
func (l *lines) take(ctx context.Context, w *waiter) error {
	l.mu.Lock()
	if l.free > 0 {
		l.free--
		l.mu.Unlock()
		return nil
	}
	l.waiting = append(l.waiting, w)
	l.mu.Unlock()
	select {
	case <-w.turn:
		return nil
	case <-ctx.Done():
		l.mu.Lock()
		defer l.mu.Unlock()
		if i := slices.Index(l.waiting, w); i >= 0 {
			l.waiting = slices.Delete(l.waiting, i, i+1)
		} else { // its turn came at the same moment
			l.next()
		}
		return ctx.Err()
	}
}

func (l *lines) give() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.next()
}

func (l *lines) next() {
	if len(l.waiting) == 0 {
		l.free++
		return
	}
	best := 0
	for i, w := range l.waiting {
		if w.urgency > l.waiting[best].urgency || w.urgency == OnScreen && l.waiting[best].urgency == OnScreen {
			best = i
		}
	}
	w := l.waiting[best]
	l.waiting = slices.Delete(l.waiting, best, best+1)
	close(w.turn)
}

// hurry makes a file that waits as urgent as who asks for it now, and the latest.
func (l *lines) hurry(w *waiter, u Urgency) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if u < w.urgency {
		return
	}
	w.urgency = u
	if i := slices.Index(l.waiting, w); i >= 0 {
		l.waiting = append(slices.Delete(l.waiting, i, i+1), w)
	}
}
