package simulation

import (
	"path/filepath"
	"testing"

	"holdall/sync/replica"
)

// The seeds that found faults, by the sentence of the fault. A seed plays another
// world whenever the worlds change; what it found then has a test of its own
// beside the code, and stays here as it costs little.
var wereFound = map[string][]uint64{
	"a second refused move of one device folded over the first one and its resolution notes were gone":                                                {204, 370},
	"what a laptop wrote on a ticket that had gone to the archive vanished when it was acknowledged, for no bucket it was given was to be waited for": {192},
	"a laptop too old for the records of its hub was told by checkpoints that what it held was complete":                                              {1, 22},
}

func TestFound(t *testing.T) {
	for sentence, seeds := range wereFound {
		for _, seed := range seeds {
			if _, err := run(filepath.Join(shelf, "found"), seed, *steps); err != nil {
				t.Errorf("%s: %v", sentence, err)
			}
		}
	}
}

// TestAFirstFillKeepsNoSums: between the checkpoint of the organisation and the
// one that ended the first fill the organisation changed, and the laptop found
// that it differed, for its running digest had stood still (SPEC P20, P25).
func TestAFirstFillKeepsNoSums(t *testing.T) {
	w := testWorld(t, 1, 1)
	l := w.laptops[0]
	w.check(l.store.Close())
	w.enrolled(l)
	l.step(replica.Woken{})
	l.connect()
	l.link.deliverUp(1)
	for checkpoints := len(l.link.sent.expected); len(l.link.sent.expected) == checkpoints; {
		l.link.deliverDown()
	}
	l.cut("after the first checkpoint")
	w.changeTeams()
	w.heal()
	w.settled()
}
