package app

import (
	"context"
	"sync"
	"time"
)

// Topic names what a signal speaks of.
type Topic string

// The topics the page listens to; on each it asks again for what it shows.
const (
	TopicQueue     Topic = "queue"
	TopicTicket    Topic = "ticket"
	TopicSync      Topic = "sync"
	TopicTray      Topic = "tray"
	TopicSession   Topic = "session"
	TopicDirectory Topic = "directory"
	TopicMailbox   Topic = "mailbox"
	TopicFile      Topic = "file" // a file came, went, or is further on its way
)

// Signal says that something changed. ID is the ticket's for TopicTicket; empty
// means: whatever you show.
type Signal struct {
	Topic Topic  `json:"topic"`
	ID    string `json:"id"`
}

// rest is the least time between two deliveries: 20 a second and topic.
const rest = 50 * time.Millisecond

// signals gathers what changed and tells it on, at most one signal of a topic in
// each rest. The first one after a rest goes out at once.
type signals struct {
	wake chan struct{}

	mu        sync.Mutex
	waiting   map[Topic]string
	listeners map[int]func(Signal)
	next      int
}

func newSignals() *signals {
	return &signals{wake: make(chan struct{}, 1), waiting: map[Topic]string{}, listeners: map[int]func(Signal){}}
}

// emit notes a signal; two tickets in one rest become "whatever you show".
func (s *signals) emit(topic Topic, id string) {
	s.mu.Lock()
	if have, ok := s.waiting[topic]; ok && have != id {
		id = ""
	}
	s.waiting[topic] = id
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// listen calls back with every signal until the returned function is called. The
// callback must not wait.
func (s *signals) listen(hear func(Signal)) (leave func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.next
	s.next++
	s.listeners[id] = hear
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.listeners, id)
	}
}

// run delivers until the context ends.
func (s *signals) run(ctx context.Context) {
	pause := time.NewTimer(0)
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		}
		s.deliver()
		pause.Reset(rest)
		select {
		case <-ctx.Done():
			return
		case <-pause.C:
		}
	}
}

func (s *signals) deliver() {
	s.mu.Lock()
	waiting := s.waiting
	s.waiting = map[Topic]string{}
	hear := make([]func(Signal), 0, len(s.listeners))
	for _, h := range s.listeners {
		hear = append(hear, h)
	}
	s.mu.Unlock()
	for topic, id := range waiting {
		for _, h := range hear {
			h(Signal{topic, id})
		}
	}
}
