package ordeal

import (
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"testing"
	"time"
)

var (
	kills   = flag.Int("kills", 2, "how often each program is killed")
	cuts    = flag.Int("cuts", 2, "how often the power is cut")
	ails    = flag.Int("ails", 1, "how often a disk is full, and how often it fails")
	runs    = flag.Int("runs", 1, "how often the network is parted")
	lasting = flag.Duration("lasting", 3*time.Second, "how long a partition lasts at most")
	clients = flag.Int("clients", 3, "how many laptops are parted from their hub")
	seed    = flag.Uint64("seed", 1, "decides the instants")
)

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if err := errors.Join(endPostgres(), os.RemoveAll(built.dir)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// chance decides instants from the seed and the name of the test; a failure
// names both.
func chance(t testing.TB) *rand.Rand {
	t.Logf("seed %d", *seed)
	return drawn(t.Name())
}

// drawn decides by the seed for whoever bears a name.
func drawn(name string) *rand.Rand {
	sum := fnv.New64a()
	io.WriteString(sum, name)
	return rand.New(rand.NewPCG(*seed, sum.Sum64()))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
