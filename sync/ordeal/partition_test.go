package ordeal

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// atLast is how long after a network has healed everything must have arrived.
const atLast = 60 * time.Second

// office is laptops that each reach their hub over a link of its own.
type office struct {
	t       testing.TB
	h       *hub
	book    *ledger
	laptops []*laptop
	links   []*link
}

// TestPartitionsHeal parts laptops from their hub while all of them write, each
// in a way of its own, and wants all of them in step after the healing (SPEC
// P14, P15).
func TestPartitionsHeal(t *testing.T) {
	t.Parallel()
	random := chance(t)
	o := &office{t: t, h: sqliteHub(t, t.TempDir()), book: newLedger()}
	o.h.start()
	for i := range *clients {
		way := lay(t, o.h.address)
		o.links = append(o.links, way)
		o.laptops = append(o.laptops, issue(t, o.h, fmt.Sprint("laptop", i), filepath.Join(t.TempDir(), "laptop"), way.url(), o.book))
	}
	for run := range *runs {
		for _, l := range o.laptops {
			l.start()
		}
		told := o.parted(random)
		healed := time.Now()
		settle(t, atLast, o.h, o.laptops...)
		took := time.Since(healed).Round(time.Millisecond)
		agree(t, o.h, o.laptops...)
		o.book.compare(t, "the hub", o.h.words(), saved)
		t.Logf("run %d: %s, in step %s after the healing", run+1, told, took)
	}
	o.h.process.stop()
	t.Logf("%d partitions of %d laptops, 0 stalled, 0 divergent, %d acts called saved, all at the hub once", *runs, *clients, o.book.count(saved))
}

// parted lets everybody write through a partition that heals, and tells of it.
func (o *office) parted(random *rand.Rand) string {
	rate := 10 + random.IntN(31) // transactions a second, of all together
	before := o.book.count(saved)
	busy, end := context.WithCancel(context.Background())
	var writers sync.WaitGroup
	for _, l := range o.laptops {
		writers.Go(func() { l.work(busy, time.Second*time.Duration(len(o.laptops))/time.Duration(rate)) })
	}
	var names []partition
	for _, way := range o.links {
		p := partitions[random.IntN(len(partitions))]
		names = append(names, p)
		way.part(p)
	}
	<-time.After(*lasting/2 + time.Duration(random.Int64N(int64(*lasting/2))))
	end()
	writers.Wait()
	for _, way := range o.links {
		way.heal()
	}
	written := o.book.count(saved) - before
	worked(o.t, written, 1)
	return fmt.Sprintf("%v, %d transactions a second asked for, %d saved in the partition", names, rate, written)
}
