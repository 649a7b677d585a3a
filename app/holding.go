package app

import (
	"cmp"
	"sync"
	"time"

	"holdall/desk"
)

// holdOn is how long what was sent can be taken back.
const holdOn = 10 * time.Second

// holding lets messages lie for a moment between their writer and the outbox. Time
// counts only while the program runs: what rests when it ends rests anew when it
// starts, so that nothing leaves behind its writer's back.
type holding struct {
	hold time.Duration
	wake chan struct{}

	leaving sync.Mutex // held while a message leaves or is taken back: it does one of the two

	mu    sync.Mutex
	due   map[desk.MessageID]time.Time
	stuck map[desk.MessageID]string // why one could not leave
}

func newHolding(hold time.Duration) *holding {
	return &holding{hold: cmp.Or(hold, holdOn), wake: make(chan struct{}, 1), due: map[desk.MessageID]time.Time{}, stuck: map[desk.MessageID]string{}}
}

// dueAt is when a message leaves: the hold after it was first seen here.
func (r *holding) dueAt(id desk.MessageID, now time.Time) time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.due[id]; !known {
		r.due[id] = now.Add(r.hold)
	}
	return r.due[id]
}

func (r *holding) forget(id desk.MessageID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.due, id)
	delete(r.stuck, id)
}

// fail lets a message that could not leave rest once more.
func (r *holding) fail(id desk.MessageID, why string, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.due[id], r.stuck[id] = now.Add(r.pause()), why
}

// pause is how long what could not leave rests once more.
func (r *holding) pause() time.Duration {
	if r.hold > 0 {
		return r.hold
	}
	return holdOn
}

// poke has what rests looked at.
func (r *holding) poke() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

func (r *holding) problem(id desk.MessageID) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.stuck[id]
}
