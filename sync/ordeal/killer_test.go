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
	// freeze is done instead of killing, and thaw to what is let go on; nil: it kills.
	freeze, thaw func(*program)
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
	v.k.draw()
}

// spares reports whether its victims live on.
func (k *killer) spares() bool { return k.freeze != nil }

// draw decides at which command the next strike is. The killer is locked.
func (k *killer) draw() { k.next, k.aim = 1+k.random.IntN(30), k.random.IntN(2) == 0 }

// order asks for one more kill.
func (k *killer) order() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kills++
	k.draw()
}

// rests reports whether no kill is left.
func (k *killer) rests() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.kills == 0
}

// kill kills at once.
func (v *victim) kill() {
	v.k.mu.Lock()
	defer v.k.mu.Unlock()
	v.strike()
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
		return !v.dead || k.spares()
	}
	k.kills--
	v.strike()
	return k.spares()
}

// strike kills, or freezes. The killer is locked.
func (v *victim) strike() {
	v.dead = true
	if v.k.spares() {
		v.k.freeze(v.process)
		return
	}
	v.process.kill()
}

// wake lets a program that was frozen go on.
func (v *victim) wake() {
	v.k.mu.Lock()
	defer v.k.mu.Unlock()
	v.dead = false
	v.k.thaw(v.process)
}
