package ordeal

import (
	"math/rand/v2"
	"sync"
)

// node is a program that serves a hub, perhaps beside others.
type node struct {
	*victim
	h      hub // at an address of its own
	doors  map[*clerk]string
	config string
}

func (n *node) start() *program {
	p := n.h.launch("--config", n.config)
	n.watch(p)
	return p
}

// revive starts a node that was killed, or lets it go on.
func (n *node) revive(random *rand.Rand) {
	if n.k.spares() {
		n.mourn()
		n.wake()
		return
	}
	again(random, func() *program {
		n.mourn()
		return n.start()
	}).url()
}

// mourn looks at what a node left behind that is dead, or was taken for it.
func (n *node) mourn() {
	n.h.examine()
	for c, door := range n.doors {
		c.doubt(door)
	}
}

// turns notes which of the nodes leads the dialogues with mail servers.
type turns struct {
	mu      sync.Mutex
	last    *node
	changes int
}

func (s *turns) note(n *node) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last != nil && s.last != n {
		s.changes++
	}
	s.last = n
}

// of reports whether a node led the last dialogue.
func (s *turns) of(n *node) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last == n
}

// taken counts how often a node took over from another.
func (s *turns) taken() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changes
}
