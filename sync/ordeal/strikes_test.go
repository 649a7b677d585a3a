package ordeal

import "sync"

// strikes kill a hub at commands of a dialogue, once at each.
type strikes struct {
	mu      sync.Mutex
	left    []string
	process *program
	dead    bool
}

// order gives it a hub to kill, and the commands that are left.
func (s *strikes) order(p *program, commands ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.process, s.left, s.dead = p, commands, false
}

func (s *strikes) at(command string, answered bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.dead && !answered && len(s.left) > 0 && s.left[0] == command {
		s.left, s.dead = s.left[1:], true
		s.process.kill()
	}
	return !s.dead
}

func (s *strikes) struck() (left []string, dead bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.left, s.dead
}
