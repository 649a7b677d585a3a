package ordeal

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// TestAKilledLaptopLosesNothing kills a laptop while its person writes, or while
// it starts (SPEC: what the window calls saved survives a crash and reaches the
// hub exactly once, in order; R3, R10).
func TestAKilledLaptopLosesNothing(t *testing.T) {
	t.Parallel()
	random := chance(t)
	h, book := sqliteHub(t, t.TempDir()), newLedger()
	l := issue(t, h, "annika", filepath.Join(t.TempDir(), "laptop"), h.url(), book)
	h.start()
	l.start()
	epoch := h.epoch()
	for range *kills {
		writing(l, random, l.process.kill)
		l.examine(h)
		l.page = again(random, l.launch).url()
	}
	l.finish(h)
	if h.epoch() != epoch {
		t.Errorf("the hub began another life: it had forgotten what it acknowledged")
	}
	worked(t, book.count(saved), *kills)
	t.Logf("%d kills of the laptop, %d acts called saved, all at the hub once", *kills, book.count(saved))
}

// writing lets somebody write until, on a laptop that saves, the end comes at
// some instant.
func writing(l *laptop, random *rand.Rand, end func()) {
	busy, tired := context.WithCancel(context.Background())
	defer tired()
	var writer sync.WaitGroup
	before := l.ledger.count(saved)
	writer.Go(func() { l.work(busy, 0) })
	wait(l.t, patience, l.name+" saves something", func() (bool, string) {
		return l.ledger.count(saved) > before, l.process.said.String()
	})
	later(random, 400*time.Millisecond)
	end()
	writer.Wait()
}

// again starts a program that was killed; sometimes it is killed while it starts.
func again(random *rand.Rand, start func() *program) *program {
	p := start()
	if random.IntN(5) == 0 {
		later(random, 60*time.Millisecond)
		p.kill()
		p = start()
	}
	return p
}

// later lets a while of this test's choosing go by: it is the instant of a
// fault, and waits for nothing.
func later(random *rand.Rand, atMost time.Duration) {
	<-time.After(time.Duration(random.Int64N(int64(atMost))))
}

// worked fails an ordeal in which too little was done to prove anything.
func worked(t testing.TB, acts, faults int) {
	t.Helper()
	if acts < faults {
		t.Errorf("only %d acts between %d faults: that proves nothing", acts, faults)
	}
}

// TestAKilledHubForgetsNothing kills the hub under the writes of several
// devices, or while it starts (SPEC R3, R5).
func TestAKilledHubForgetsNothing(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { killHub(t, sqliteHub(t, t.TempDir())) })
	t.Run("PostgreSQL", func(t *testing.T) { killHub(t, postgresHub(t)) })
}

func killHub(t *testing.T, h *hub) {
	random, book := chance(t), newLedger()
	w := crowd(t, h, book)
	for range *kills {
		w.goOn(book.count(acked))
		later(random, 400*time.Millisecond)
		h.process.kill()
		w.examine()
		again(random, func() *program { return h.launch() }).url()
		w.laptop.wake()
	}
	w.finish()
	t.Logf("%d kills of the hub, %d mutations acknowledged and %d acts called saved, all there once", *kills, book.count(acked), book.count(saved))
	worked(t, book.count(acked), *kills)
}
