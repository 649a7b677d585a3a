package ordeal

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
)

// stage is how far the ledger knows a word to have come.
type stage int

const (
	tried   stage = iota // nobody was told anything
	refused              // its author was told that it cannot be
	saved                // its author was told that it is saved
	acked                // a hub acknowledged it
)

// ledger notes outside of the programs what somebody was told. Every act has a
// word of its own, which is looked for afterwards.
type ledger struct {
	mu      sync.Mutex
	words   map[string]stage
	tickets []string // that somebody was told are there
}

func newLedger() *ledger { return &ledger{words: map[string]stage{}} }

// word makes a word before anything is done with it.
func (l *ledger) word(by string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	word := fmt.Sprintf("%s-%06d", by, len(l.words)+1)
	l.words[word] = tried
	return word
}

func (l *ledger) note(word string, s stage) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.words[word] = max(s, l.words[word])
}

// opened notes a ticket, for everybody to work on.
func (l *ledger) opened(ticket string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tickets = append(l.tickets, ticket)
}

// ticket picks a ticket by lot; "" if there is none.
func (l *ledger) ticket(random *rand.Rand) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.tickets) == 0 {
		return ""
	}
	return l.tickets[random.IntN(len(l.tickets))]
}

// count tells how many words have come as far as a stage.
func (l *ledger) count(s stage) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, reached := range l.words {
		if reached >= s {
			n++
		}
	}
	return n
}

// missing counts the words of a stage that were not found.
func (l *ledger) missing(found map[string]int, from stage) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for word, reached := range l.words {
		if reached >= from && found[word] == 0 {
			n++
		}
	}
	return n
}

// compare holds what was found somewhere against the ledger.
func (l *ledger) compare(t testing.TB, where string, found map[string]int, from stage) {
	t.Helper()
	for _, fault := range l.faults(found, from) {
		t.Errorf("%s: %s", where, fault)
	}
}

// faults says where the ledger is contradicted: what has come to the stage is
// there once, nothing is there twice, nothing that was refused is there, and
// nothing came from nowhere.
func (l *ledger) faults(found map[string]int, from stage) (list []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for word, reached := range l.words {
		if n := found[word]; n > 1 || n == 0 && reached >= from || n > 0 && reached == refused {
			list = append(list, fmt.Sprintf("%s, of stage %d, is there %d times", word, reached, n))
		}
	}
	for word := range found {
		if _, known := l.words[word]; !known {
			list = append(list, "nobody wrote "+word)
		}
	}
	return list
}

// TestTheLedgerIsNotAsleep plants what an ordeal is there to find.
func TestTheLedgerIsNotAsleep(t *testing.T) {
	l := &ledger{words: map[string]stage{"tried": tried, "refused": refused, "saved": saved, "acked": acked}}
	for title, c := range map[string]struct {
		found map[string]int
		from  stage
		want  int
	}{
		"all is well":                 {map[string]int{"saved": 1, "acked": 1}, saved, 0},
		"what nobody was told of":     {map[string]int{"tried": 1, "saved": 1, "acked": 1}, saved, 0},
		"saved is lost":               {map[string]int{"acked": 1}, saved, 1},
		"only the acknowledged count": {map[string]int{"acked": 1}, acked, 0},
		"acknowledged is lost":        {map[string]int{"saved": 1}, acked, 1},
		"doubled":                     {map[string]int{"tried": 2, "saved": 1, "acked": 2}, saved, 2},
		"refused and there":           {map[string]int{"refused": 1, "saved": 1, "acked": 1}, saved, 1},
		"from nowhere":                {map[string]int{"saved": 1, "acked": 1, "other": 1}, saved, 1},
	} {
		if faults := l.faults(c.found, c.from); len(faults) != c.want {
			t.Errorf("%s: %q", title, faults)
		}
	}
}
