package ordeal

import (
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"
)

// blackout cuts the power of a drive and of whoever works on it, and shows what
// the disk has kept.
func (d *drive) blackout(random *rand.Rand, dies *program) {
	d.t.Helper()
	d.order("cut")
	dies.kill()
	d.order("power", random.Uint32())
}

// TestAPowerCutTakesNothingFromALaptop: what the window calls saved is on the
// disk, its file has a name there, and so have the folders above it.
func TestAPowerCutTakesNothingFromALaptop(t *testing.T) {
	t.Parallel()
	random, d, book := chance(t), plug(t), newLedger()
	h := sqliteHub(t, t.TempDir())
	l := issue(t, h, "annika", filepath.Join(d.at, "profile", "laptop"), h.url(), book)
	h.start()
	l.start()
	for range *cuts {
		writing(l, random, func() { d.blackout(random, l.process) })
		l.examine(h)
		l.start()
	}
	l.finish(h)
	worked(t, book.count(saved), *cuts)
	t.Logf("%d power cuts of the laptop, %d acts called saved, all survived", *cuts, book.count(saved))
}

// TestAPowerCutTakesNothingFromAHub: what it acknowledged is on the disk (SPEC
// R5).
func TestAPowerCutTakesNothingFromAHub(t *testing.T) {
	t.Parallel()
	random, d, book := chance(t), plug(t), newLedger()
	w := crowd(t, sqliteHub(t, filepath.Join(d.at, "hub")), book)
	for range *cuts {
		w.goOn(book.count(acked))
		later(random, 400*time.Millisecond)
		d.blackout(random, w.h.process)
		w.examine()
		w.h.start()
		w.laptop.wake()
	}
	w.finish()
	worked(t, book.count(acked), *cuts)
	t.Logf("%d power cuts of the hub, %d mutations acknowledged, all survived", *cuts, book.count(acked))
}
