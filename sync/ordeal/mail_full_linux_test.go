package ordeal

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestAFullDiskDoublesNoAnswer: what the hub cannot write down does not leave, what
// has left while the disk ran full is known until it can be written down, and when
// there is room again each answer has left once. There are no sent mails to look
// through.
func TestAFullDiskDoublesNoAnswer(t *testing.T) {
	t.Parallel()
	random, d, c := chance(t), plug(t), employ(t)
	h := sqliteHub(t, filepath.Join(d.at, "hub"))
	const n = 40
	h.answer(n)
	begun := 3 + random.IntN(30) // commands until the disk is full
	var mu sync.Mutex
	c.at = func(string, bool) bool {
		mu.Lock()
		defer mu.Unlock()
		if begun--; begun == 0 {
			d.order("room", 1+random.IntN(40<<10))
		}
		return true
	}
	process := h.launch("--config", leaving(t, nil, c.address))
	wait(t, patience, "the hub says why nothing leaves", func() (bool, string) {
		said := process.said.String()
		return strings.Contains(said, "is full; free some space"), said
	})
	before := len(c.mails())
	d.order("room", 0)
	wait(t, 2*patience, "every answer has left", func() (bool, string) {
		sent, _ := h.sent()
		return sent == n, fmt.Sprintf("%d of %d: %s", sent, n, process.said)
	})
	process.stop()
	if before == n {
		t.Error("all had left before the disk was full: that proves nothing")
	}
	mails := c.mails()
	for id, list := range mails {
		if len(list) != 1 {
			t.Errorf("%s left %d times", id, len(list))
		}
	}
	if len(mails) != n {
		t.Errorf("%d answers left of %d", len(mails), n)
	}
	t.Logf("the disk was full after %d of %d answers; each left once", before, n)
}
