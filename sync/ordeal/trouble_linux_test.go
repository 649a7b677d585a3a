package ordeal

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
)

// ailment is what is wrong with a disk for a while.
type ailment struct {
	name   string
	order  string
	figure func(*rand.Rand) int
	says   string // what a person is told of it
}

var ailments = []ailment{
	{"full", "room", func(r *rand.Rand) int { return 1 + r.IntN(100<<10) }, "is full; free some space and try again"},
	{"failing", "every", func(r *rand.Rand) int { return 5 + r.IntN(60) }, "reports an error; check it before going on"},
}

// TestADiskThatAilsStopsALaptopAndTakesNothing fills the disk of a laptop, and
// lets some of its writes fail: its person is told so in one sentence, what is
// refused is not there, and once the disk is well the laptop goes on.
func TestADiskThatAilsStopsALaptopAndTakesNothing(t *testing.T) {
	t.Parallel()
	random, d, book := chance(t), plug(t), newLedger()
	h := sqliteHub(t, t.TempDir())
	l := issue(t, h, "annika", filepath.Join(d.at, "laptop"), h.url(), book)
	h.start()
	l.start()
	for range *ails {
		for _, a := range ailments {
			d.order(a.order, a.figure(random))
			l.untilRefused(a.says)
			d.order(a.order, 0)
			wait(t, patience, "the laptop goes on", func() (bool, string) {
				err := l.act(ctx)
				return err == nil, fmt.Sprintf("the disk is no longer %s and it says: %v", a.name, err)
			})
		}
	}
	l.process.kill()
	l.examine(h)
	l.start()
	l.finish(h)
	t.Logf("the disk of the laptop was %d times full and as often failing, %d acts called saved, all at the hub once", *ails, book.count(saved))
}

// untilRefused writes until the laptop refuses, in words a person can act upon.
func (l *laptop) untilRefused(says string) {
	l.t.Helper()
	wait(l.t, patience, "the laptop refuses", func() (bool, string) {
		err := l.act(ctx)
		var no *refusal
		if err == nil {
			return false, "it saves everything"
		}
		if !errors.As(err, &no) || !strings.Contains(no.Message, says) || !strings.Contains(no.Message, ".db") {
			l.t.Fatalf("it says %v: %s", err, l.process.said)
		}
		return true, ""
	})
}

// TestADiskThatAilsStopsAHubAndTakesNothing: the devices are told that it could
// not save, whoever looks after the hub is told why, and nothing acknowledged is
// lost (SPEC R5).
func TestADiskThatAilsStopsAHubAndTakesNothing(t *testing.T) {
	t.Parallel()
	random, d, book := chance(t), plug(t), newLedger()
	w := crowd(t, sqliteHub(t, filepath.Join(d.at, "hub")), book)
	for range *ails {
		for _, a := range ailments {
			w.h.process.said.forget()
			d.order(a.order, a.figure(random))
			wait(t, patience, "the hub says why it saves nothing", func() (bool, string) {
				said := w.h.process.said.String()
				return strings.Contains(said, a.says) && strings.Contains(said, "hub.db"), said
			})
			before := book.count(acked)
			d.order(a.order, 0)
			w.goOn(before)
		}
	}
	w.h.process.kill()
	w.examine()
	w.h.start()
	w.finish()
	t.Logf("the disk of the hub was %d times full and as often failing, %d mutations acknowledged, all there once", *ails, book.count(acked))
}
