package hub

import (
	"container/list"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Tries that one place has for one account: some at once, then one every so
// often.
const (
	triesAtOnce = 5
	triesEvery  = 12 * time.Second
	keepTriers  = 10_000
)

// limits counts tries by key. It remembers the last users only, so that many
// keys cannot fill the memory.
type limits struct {
	mu     sync.Mutex
	by     map[string]*list.Element
	recent *list.List // of *trier, newest first
}

type trier struct {
	key     string
	limiter *rate.Limiter
}

func newLimits() *limits { return &limits{by: map[string]*list.Element{}, recent: list.New()} }

// allow reports whether one more try is allowed at an instant.
func (l *limits) allow(key string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	e, ok := l.by[key]
	if !ok {
		e = l.recent.PushFront(&trier{key, rate.NewLimiter(rate.Every(triesEvery), triesAtOnce)})
		l.by[key] = e
	}
	l.recent.MoveToFront(e)
	for l.recent.Len() > keepTriers {
		oldest := l.recent.Remove(l.recent.Back()).(*trier)
		delete(l.by, oldest.key)
	}
	return e.Value.(*trier).limiter.AllowN(now, 1)
}
