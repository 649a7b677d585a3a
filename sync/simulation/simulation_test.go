package simulation

import (
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"
	"testing"
	"time"

	"holdall/sync/simulation/disk"
)

var (
	seeds = flag.Int("seeds", 2000, "how many worlds to try")
	from  = flag.Uint64("from", 1, "the first seed")
	jobs  = flag.Int("jobs", 2, "how many worlds to try at a time")
	steps = flag.Int("steps", 300, "how much happens in a world before it heals")
	first = flag.Bool("first", false, "stop at the first violation")
	tell  = flag.Bool("tell", false, "print what happens")
)

// shelf is the folder under which every world has its own.
var shelf string

func TestMain(m *testing.M) {
	flag.Parse()
	debug.SetGCPercent(400) // worlds are short: most of what they leave goes with them
	os.Exit(onDisk(m.Run))
}

// onDisk puts the disk of the simulation under SQLite and founds the desk that
// every world begins with.
func onDisk(run func() int) int {
	secondVersion()
	err := disk.Register()
	if err == nil {
		shelf, err = scratch()
	}
	if err == nil {
		defer os.RemoveAll(shelf)
		err = found(filepath.Join(shelf, "founded"))
	}
	if err != nil {
		fmt.Println("VIOLATION", err) // before the first seed: the desk cannot even be founded
		return 1
	}
	return run()
}

// devicesOf is how many laptops the world of a seed has: 3 to 8.
func devicesOf(seed uint64) int { return 3 + int(seed%6) }

// nodesOf is how many nodes its hub has: one, or two.
func nodesOf(seed uint64) int { return 1 + int(seed/6%2) }

// lull says in which worlds all is whole for a moment, after which people find in
// their trays what the faults before brought there, and the faults go on.
func lull(seed uint64) bool { return seed/12%2 == 1 }

// run plays the world of a seed to the end, in a folder of its own.
func run(folder string, seed uint64, steps int) (w *world, err error) {
	defer recovered(&err)
	w = newWorld(folder, seed, devicesOf(seed), nodesOf(seed))
	defer w.close()
	w.age()
	if exile(seed) {
		w.turns = slices.Concat(turns, exiles)
	}
	for n := range steps {
		if n == steps*2/3 && lull(seed) {
			w.heal()
			w.healing = false
		}
		w.act()
	}
	w.heal()
	w.settled()
	return w, nil
}

// total is what all worlds together did.
type total struct {
	mu     sync.Mutex
	worlds int
	count  tally
	trace  uint64 // of all of them, in whatever order they were played
	broken []*violation
	began  time.Time
}

func (t *total) add(seed uint64, w *world, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.worlds++
	var v *violation
	if errors.As(err, &v) {
		v.seed = seed // a panic does not know its own
		t.broken = append(t.broken, v)
		fmt.Printf("VIOLATION %v\n  replay: make simulate FROM=%d SEEDS=1 STEPS=%d\n", v, seed, *steps)
		return
	}
	t.count.add(w.count)
	h := fnv.New64a()
	binary.Write(h, binary.BigEndian, []uint64{seed, w.trace.Sum64()})
	t.trace += h.Sum64()
	if t.worlds%5000 == 0 {
		fmt.Printf("%d worlds, %.1f a second, %d violations, trace %016x\n", t.worlds, t.rate(), len(t.broken), t.trace)
	}
}

func (t *total) failed() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.broken) > 0
}

func (t *total) rate() float64 { return float64(t.worlds) / time.Since(t.began).Seconds() }

// play tries the worlds of the seeds, some at a time.
func play(from uint64, seeds, jobs, steps int) *total {
	t := &total{count: tally{}, began: time.Now()}
	next := make(chan uint64)
	var group sync.WaitGroup
	for job := range jobs {
		group.Go(func() {
			for seed := range next {
				w, err := run(filepath.Join(shelf, fmt.Sprint(job)), seed, steps)
				t.add(seed, w, err)
			}
		})
	}
	for n := range seeds {
		if *first && t.failed() {
			break
		}
		next <- from + uint64(n)
	}
	close(next)
	group.Wait()
	return t
}

// TestWorlds tries the seeds; a failure names its seed and how to replay it.
func TestWorlds(t *testing.T) {
	all := play(*from, *seeds, *jobs, *steps)
	fmt.Printf("%d worlds from seed %d, %.1f seeds a second, %d steps, %d violations, trace %016x\n",
		all.worlds, *from, all.rate(), all.count["steps"], len(all.broken), all.trace)
	fmt.Print(all.count.table("faults", faults), all.count.table("work", work))
	for _, v := range all.broken {
		t.Error(v)
	}
	if len(all.broken) == 0 && *seeds >= 200 {
		for _, what := range all.count.missing() {
			t.Errorf("no %s in the whole run: it proved nothing about them", what)
		}
	}
	if names := all.count.unnamed(); len(names) > 0 {
		t.Errorf("counted and not reported: %v", names)
	}
}

// TestSameSeedSameTrace: a world is replayed exactly from its seed.
func TestSameSeedSameTrace(t *testing.T) {
	for seed := uint64(9000); seed < 9006; seed++ {
		first, err := run(filepath.Join(shelf, "same"), seed, *steps)
		again, errAgain := run(filepath.Join(shelf, "same"), seed, *steps)
		if err != nil || errAgain != nil {
			t.Fatal(err, errAgain)
		}
		if first.trace.Sum64() != again.trace.Sum64() || !maps.Equal(first.count, again.count) {
			t.Errorf("seed %d: %x %v, then %x %v", seed, first.trace.Sum64(), first.count, again.trace.Sum64(), again.count)
		}
	}
}

// testWorld is a world for a test that tells its own story.
func testWorld(t *testing.T, seed uint64, devices int) *world {
	w := newWorld(filepath.Join(shelf, t.Name()), seed, devices, 1)
	w.t = t
	t.Cleanup(w.close)
	return w
}
