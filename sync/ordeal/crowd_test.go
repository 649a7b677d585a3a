package ordeal

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"holdall/store"
)

// crowders push at a time, so that the hub commits in groups.
const crowders = 4

// workers are couriers and a laptop, busy at a hub that is to suffer.
type workers struct {
	t        testing.TB
	h        *hub
	book     *ledger
	epoch    string
	couriers []*courier
	laptop   *laptop
	end      context.CancelFunc
	busy     sync.WaitGroup
}

// crowd starts a hub and sets them to work.
func crowd(t testing.TB, h *hub, book *ledger) *workers {
	t.Helper()
	w := &workers{t: t, h: h, book: book}
	w.laptop = issue(t, h, "annika", filepath.Join(t.TempDir(), "laptop"), h.url(), book)
	email := h.hire("ben")
	h.start()
	for i := range crowders {
		w.couriers = append(w.couriers, engage(t, h, fmt.Sprint("courier", i), email, book))
	}
	w.laptop.start()
	w.epoch = h.epoch()
	w.resume()
	t.Cleanup(w.pause)
	return w
}

func (w *workers) resume() {
	busy, end := context.WithCancel(context.Background())
	w.end = end
	for _, c := range w.couriers {
		w.busy.Go(func() { c.work(busy) })
	}
	w.busy.Go(func() { w.laptop.work(busy, 10*time.Millisecond) })
}

// pause ends the work of all of them: their books can be read.
func (w *workers) pause() {
	w.end()
	w.busy.Wait()
}

// examine looks at a dead hub: its file is whole, and what it acknowledged is in
// it.
func (w *workers) examine() {
	w.t.Helper()
	w.pause()
	w.h.examine()
	w.h.view(func(tx *store.CentralTx) error {
		for _, c := range w.couriers {
			c.examine(tx)
		}
		return nil
	})
	w.resume()
}

// goOn waits until the hub acknowledges again.
func (w *workers) goOn(before int) {
	w.t.Helper()
	wait(w.t, patience, "the hub acknowledges again", func() (bool, string) {
		return w.book.count(acked) > before, w.h.process.said.String()
	})
}

// finish lets everything arrive and holds the hub against the ledger. The hub
// must be at work.
func (w *workers) finish() {
	w.t.Helper()
	w.pause()
	w.laptop.wake()
	w.laptop.finish(w.h)
	if w.h.epoch() != w.epoch {
		w.t.Errorf("the hub began another life: it had forgotten what it acknowledged")
	}
	for _, c := range w.couriers {
		w.h.inOrder(c.who.Device)
	}
	if w.book.count(acked) == 0 {
		w.t.Error("nothing was acknowledged: that proves nothing")
	}
}
