package ordeal

import (
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
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

// tags are those of the Makefile: another set would compile SQLite again.
const tags = "webkit2_41,sqlite_fts5"

// built is the server, built once for all tests.
var built struct {
	once sync.Once
	dir  string
	path string
	err  error
}

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if err := errors.Join(endPostgres(), os.RemoveAll(built.dir)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// holdalld is the path of the built server.
func holdalld(t testing.TB) string {
	t.Helper()
	built.once.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "holdall-ordeal-"); built.err == nil {
			built.path = filepath.Join(built.dir, "holdalld")
			built.err = build(built.path)
		}
	})
	must(t, built.err)
	return built.path
}

// build compiles the server. The sources are looked at first: only of what a
// test itself has seen does the go command know that an answer in its cache has
// grown old.
func build(path string, flags ...string) error {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if err == nil && !d.IsDir() && (strings.HasSuffix(path, ".go") || strings.HasSuffix(path, ".sql")) {
			_, err = os.Stat(path)
		}
		return err
	})
	if err != nil {
		return err
	}
	compile := exec.Command("go", append(append([]string{"build", "-tags", tags, "-o", path}, flags...), "./cmd/holdalld")...)
	compile.Dir = root
	if said, err := compile.CombinedOutput(); err != nil {
		return fmt.Errorf("build holdalld: %w: %s", err, said)
	}
	return nil
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
