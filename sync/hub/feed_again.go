package hub

import (
	"maps"
	"slices"
)

// beginning is what a feed began with. On a server its transaction may run again
// (SPEC P54), and what it had handed out by then was never sent.
type beginning struct {
	effects  int
	queue    queue
	sessions []session
}

// begun notes how sessions stand; a SQLite file needs no second run.
func (e *Engine) begun(sessions []*session) (b beginning) {
	if !e.store.Shared() {
		return b
	}
	b = beginning{effects: len(e.effects), queue: e.queue, sessions: make([]session, len(sessions))}
	for i, s := range sessions {
		b.sessions[i] = s.copy()
	}
	return b
}

// again lets the sessions stand as they did.
func (e *Engine) again(b beginning, sessions []*session) {
	if !e.store.Shared() {
		return
	}
	e.effects, e.queue = e.effects[:b.effects], b.queue
	for i, s := range sessions {
		*s = b.sessions[i].copy()
	}
}

func (s *session) copy() session {
	c := *s
	c.cursors, c.floors = maps.Clone(s.cursors), maps.Clone(s.floors)
	c.credit.sizes, c.moved = slices.Clone(s.credit.sizes), slices.Clone(s.moved)
	c.wishes.digests, c.wishes.keys = maps.Clone(s.wishes.digests), maps.Clone(s.wishes.keys)
	return c
}
