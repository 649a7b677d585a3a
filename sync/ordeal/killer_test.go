package ordeal

import (
	"math/rand/v2"
	"sync"
)

// killer ends programs at drawn commands of their dialogues with mail servers, half
// of the time where it matters most: from the end of a mail to the end of its
// dialogue.
type killer struct {
	mu     sync.Mutex
	random *rand.Rand
	kills  int  // that are left
	next   int  // commands until the next
	aim    bool // at the end of a mail
}

// victim is a program that a killer ends and a test starts anew.
type victim struct {
	k       *killer
	process *program
	dead    bool
}

func (k *killer) victim() *victim { return &victim{k: k} }

func (v *victim) watch(p *program) {
	v.k.mu.Lock()
	defer v.k.mu.Unlock()
	v.process, v.dead = p, false
	v.k.next, v.k.aim = 1+v.k.random.IntN(30), v.k.random.IntN(2) == 0
}

func (v *victim) struck() bool {
	v.k.mu.Lock()
	defer v.k.mu.Unlock()
	return v.dead
}

func (k *killer) heads() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.random.IntN(2) == 0
}

// at is the step of a dialogue that the victim leads.
func (v *victim) at(command string, _ bool) bool {
	k := v.k
	k.mu.Lock()
	defer k.mu.Unlock()
	passes := k.aim && command != "." && command != "QUIT"
	if k.next--; k.next > 0 || passes || k.kills == 0 || v.dead {
		return !v.dead
	}
	k.kills--
	v.dead = true
	v.process.kill()
	return false
}
