package simulation

import "testing"

// TestFoldedMoveKeepsItsNotes: a second refused move of one device folded over
// the first one and its resolution notes were gone.
func TestFoldedMoveKeepsItsNotes(t *testing.T) {
	for _, seed := range []uint64{204, 370} {
		run(t, seed, 3, 300)
	}
}
