package replica

import (
	"reflect"
	"sync"
)

// wishes are what the person at this device wants of the conversation and has not
// been told to the engine. Whoever wishes never waits: of one kind the newest
// stands for all.
type wishes struct {
	mu   sync.Mutex
	list []Event
	sign chan struct{} // one that waits stands for the whole list
}

func newWishes() *wishes { return &wishes{sign: make(chan struct{}, 1)} }

func (w *wishes) add(wish Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, have := range w.list {
		if reflect.TypeOf(have) == reflect.TypeOf(wish) {
			w.list[i] = wish
			return
		}
	}
	w.list = append(w.list, wish)
	select {
	case w.sign <- struct{}{}:
	default:
	}
}

// take hands over what was wished, each kind in the order it was first wished.
func (w *wishes) take() []Event {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := w.list
	w.list = nil
	return list
}
