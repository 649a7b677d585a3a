package hub

import (
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"time"

	"holdall/desk"
	"holdall/store"
)

const (
	hintEvery    = 15 * time.Millisecond // moves within it are told together
	hintBuckets  = 60                    // of one hint, by store.HintMost
	topicBuckets = "buckets"
)

// hints joins a server with the other nodes of its database.
type hints struct {
	mu     sync.Mutex
	bus    *store.Hints // nil: the server does not run
	topics map[string]map[int64]func([]byte)
	moved  map[desk.BucketID]int64 // to be told
}

// Publish tells the other nodes of this hub something that may be lost, such as
// who looks at a ticket; it never waits. A payload above store.HintMost bytes is
// dropped.
func (s *Server) Publish(topic string, payload []byte) {
	s.hints.mu.Lock()
	bus := s.hints.bus
	s.hints.mu.Unlock()
	if bus != nil {
		bus.Publish(topic, payload)
	}
}

// Subscribe calls back with what other nodes publish on a topic, until the
// returned function is called. It must not wait for anything, nor subscribe.
func (s *Server) Subscribe(topic string, heard func([]byte)) (stop func()) {
	id := s.next.Add(1)
	s.hints.mu.Lock()
	defer s.hints.mu.Unlock()
	if s.hints.topics[topic] == nil {
		s.hints.topics[topic] = map[int64]func([]byte){}
	}
	s.hints.topics[topic][id] = heard
	return func() {
		s.hints.mu.Lock()
		defer s.hints.mu.Unlock()
		delete(s.hints.topics[topic], id)
	}
}

// join lets the server hear and be heard until the returned function is called.
func (s *Server) join() (leave func()) {
	bus := s.engine.store.Join(s.heard)
	s.hints.mu.Lock()
	s.hints.bus = bus
	s.hints.mu.Unlock()
	return func() {
		s.hints.mu.Lock()
		s.hints.bus = nil
		s.hints.mu.Unlock()
		bus.Leave()
	}
}

func (s *Server) heard(topic string, payload []byte) {
	if topic == topicBuckets {
		s.hinted(payload)
		return
	}
	s.hints.mu.Lock()
	defer s.hints.mu.Unlock()
	for _, heard := range s.hints.topics[topic] {
		heard(payload)
	}
}

// hinted passes on how far another node brought buckets. If the engine is busy
// it will look by itself.
func (s *Server) hinted(payload []byte) {
	var heads map[desk.BucketID]int64
	if json.Unmarshal(payload, &heads) != nil {
		return
	}
	select {
	case s.inbox <- Hinted{heads}:
	default:
	}
}

// hint tells the other nodes what moved here, together with what else moves
// within hintEvery.
func (s *Server) hint(moved map[desk.BucketID]int64) {
	s.hints.mu.Lock()
	defer s.hints.mu.Unlock()
	if len(s.hints.moved) == 0 {
		time.AfterFunc(hintEvery, s.flushHints)
	}
	maps.Copy(s.hints.moved, moved)
}

func (s *Server) flushHints() {
	s.hints.mu.Lock()
	moved := s.hints.moved
	s.hints.moved = map[desk.BucketID]int64{}
	s.hints.mu.Unlock()
	for some := range slices.Chunk(sortedKeys(moved), hintBuckets) {
		part := make(map[desk.BucketID]int64, len(some))
		for _, b := range some {
			part[b] = moved[b]
		}
		if payload, err := json.Marshal(part); err == nil {
			s.Publish(topicBuckets, payload)
		}
	}
}
