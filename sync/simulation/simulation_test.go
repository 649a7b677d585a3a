package simulation

import (
	"flag"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

var (
	seeds = flag.Int("seeds", 500, "how many worlds to try")
	from  = flag.Uint64("from", 1, "the first seed")
	jobs  = flag.Int("jobs", 2, "how many worlds to try at a time")
	steps = flag.Int("steps", 300, "how much happens in a world before it heals")
)

// run plays a world from its seed to the end.
func run(t testing.TB, seed uint64, devices, steps int) *world {
	w := newWorld(t, seed, devices)
	turns := w.turns()
	sum := 0
	for _, turn := range turns {
		sum += turn.weight
	}
	for range steps {
		w.act(turns, sum)
	}
	w.heal()
	w.settled()
	return w
}

// TestWorlds tries the seeds; a failure names its seed.
func TestWorlds(t *testing.T) {
	var total tally
	var mu sync.Mutex
	var next atomic.Uint64
	next.Store(*from)
	t.Run("seeds", func(t *testing.T) {
		for job := range *jobs {
			t.Run(fmt.Sprint(job), func(t *testing.T) {
				t.Parallel()
				for seed := next.Add(1) - 1; seed < *from+uint64(*seeds); seed = next.Add(1) - 1 {
					t.Run(fmt.Sprint("seed-", seed), func(t *testing.T) {
						w := run(t, seed, 3, *steps)
						mu.Lock()
						total.add(w.count)
						mu.Unlock()
					})
				}
			})
		}
	})
	t.Logf("%d worlds: %+v", *seeds, total)
	if !t.Failed() && *seeds >= 100 {
		total.mustHaveWorked(t)
	}
}

// TestSameSeedSameTrace: a world is replayed exactly from its seed.
func TestSameSeedSameTrace(t *testing.T) {
	for seed := uint64(9000); seed < 9003; seed++ {
		first, again := run(t, seed, 3, *steps), run(t, seed, 3, *steps)
		if first.trace != again.trace || first.count != again.count {
			t.Errorf("seed %d: %x %+v, then %x %+v", seed, first.trace, first.count, again.trace, again.count)
		}
	}
}

func (a *tally) add(b tally) {
	sums := []*int{&a.steps, &a.edits, &a.refusedHere, &a.mails, &a.delivered, &a.cuts, &a.clientCrashes, &a.hubCrashes, &a.lostAcks,
		&a.duplicates, &a.partitions, &a.roleChanges, &a.disputed, &a.held, &a.rejected, &a.moved, &a.created, &a.resolved}
	for i, n := range []int{b.steps, b.edits, b.refusedHere, b.mails, b.delivered, b.cuts, b.clientCrashes, b.hubCrashes, b.lostAcks,
		b.duplicates, b.partitions, b.roleChanges, b.disputed, b.held, b.rejected, b.moved, b.created, b.resolved} {
		*sums[i] += n
	}
}

// mustHaveWorked fails a run in which a kind of work or fault never occurred.
func (a tally) mustHaveWorked(t *testing.T) {
	for name, n := range map[string]int{
		"edits": a.edits, "mails": a.mails, "cuts": a.cuts, "client crashes": a.clientCrashes, "hub crashes": a.hubCrashes,
		"lost acknowledgements": a.lostAcks, "duplicates": a.duplicates, "partitions": a.partitions, "role changes": a.roleChanges,
		"conflicts": a.disputed, "held replies": a.held, "rejections": a.rejected, "moves between teams": a.moved, "new tickets": a.created,
		"conflicts resolved": a.resolved,
	} {
		if n == 0 {
			t.Errorf("no %s in the whole run: it proved nothing about them", name)
		}
	}
}
