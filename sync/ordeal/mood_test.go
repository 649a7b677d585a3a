package ordeal

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// mood is what a mail server does with a mail it is brought.
type mood string

const (
	takes     mood = "takes it"
	turnsAway mood = "puts its reader off"
	putsOff   mood = "puts it off when it has all of it"
	files     mood = "takes it, files it among the sent mails and hangs up"
	forgets   mood = "takes it and hangs up"
)

// moods are those of a mail server in bad health, one after the other. None of them
// comes twice in a row, so that nothing is put off for ever.
var moods = []mood{files, takes, turnsAway, forgets, takes, putsOff}

// humour is a mail server that is slow, and has moods.
type humour struct {
	mu     sync.Mutex
	random *rand.Rand
	now    int // place of the mood
	had    map[mood]int
}

func (h *humour) is(any ...mood) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Contains(any, moods[h.now])
}

// refuses is a clerk's: with each mail the mood changes.
func (h *humour) refuses(command string) bool {
	if command == "MAIL" {
		h.mu.Lock()
		h.now = (h.now + 1) % len(moods)
		h.mu.Unlock()
	}
	off := command == "RCPT" && h.is(turnsAway) || command == "." && h.is(putsOff)
	if off {
		h.count()
	}
	return off
}

// at is the step of a dialogue with it.
func (h *humour) at(command string, answered bool) bool {
	if answered {
		return true
	}
	h.mu.Lock()
	slow := time.Duration(h.random.Int64N(int64(60 * time.Millisecond)))
	h.mu.Unlock()
	<-time.After(slow)
	cut := command == "." && h.is(files, forgets)
	if cut || command == "." && h.is(takes) {
		h.count()
	}
	return !cut
}

func (h *humour) count() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.had[moods[h.now]]++
}

func (h *humour) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return fmt.Sprint(h.had)
}
