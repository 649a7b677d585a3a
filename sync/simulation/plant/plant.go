// Command plant promises that the simulation is awake: it plants bugs, one at a
// time, and says by which seed and which invariant each was caught.
//
//	go run ./sync/simulation/plant -seeds 10000 -only 'cursor'
//
// A bug is a place in the source and what stands there instead. The changed
// files are given to the compiler as an overlay, so no product carries a switch,
// and all bugs are in one test binary that asks which of them is planted. The
// table is held to the source by a test: code that moves takes its bug along.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

var (
	seeds = flag.Int("seeds", 10_000, "how many worlds may pass before a bug counts as missed")
	from  = flag.Uint64("from", 1, "the first seed")
	jobs  = flag.Int("jobs", 2, "how many worlds to try at a time")
	only  = flag.String("only", "", "a pattern: the bugs whose names match")
	known = flag.Bool("known", false, "a few bugs, each with a seed that catches it")
	tags  = flag.String("tags", "sqlite_fts5", "of the build")
)

// knownWithin is how many worlds, from its own seed on, a bug gets in a quick
// look: code that changes lets another world find it.
const knownWithin = 20

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "plant:", err)
		os.Exit(1)
	}
}

func run() error {
	pattern, err := regexp.Compile(*only)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "holdall-plant-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	binary, err := build(folder)
	if err != nil {
		return err
	}
	if err := control(binary); err != nil {
		return err
	}
	caught, tried := 0, 0
	for _, b := range bugs {
		if !pattern.MatchString(b.name) || *known && b.seed == 0 {
			continue
		}
		tried++
		ok, err := try(binary, b)
		if err != nil {
			return err
		}
		if ok {
			caught++
		}
	}
	fmt.Printf("%d of %d planted bugs were caught\n", caught, tried)
	if caught < tried || tried == 0 {
		return errors.New("the simulation is not awake to all of them")
	}
	return nil
}

// build compiles the simulation with every bug in it.
func build(folder string) (string, error) {
	root, err := filepath.Abs(".")
	if err != nil {
		return "", err
	}
	overlay, err := lay(root, folder)
	if err != nil {
		return "", err
	}
	binary := filepath.Join(folder, "simulation.test")
	compile := exec.Command("go", "test", "-c", "-vet=off", "-tags", *tags, "-overlay", overlay, "-o", binary, "./sync/simulation")
	compile.Stdout, compile.Stderr = os.Stdout, os.Stderr
	return binary, compile.Run()
}

// verdict is how the simulation names what it caught.
var verdict = regexp.MustCompile(`(?m)^VIOLATION seed (\d+), step (\d+): ([^:]+): (.*)$`)

// control plays worlds without a bug: if these break a promise too, then nothing
// that follows is caught.
func control(binary string) error {
	said, err := play(binary, "", *from, knownWithin)
	if err == nil {
		return nil
	}
	return fmt.Errorf("worlds without a planted bug do not hold: %w\n%s", err, tail(said, err))
}

// play plays worlds until one of them breaks a promise; the error is an
// exec.ExitError then. They find the files of older layouts from their own folder.
func play(binary, bug string, first uint64, most int) (said string, err error) {
	worlds := exec.Command(binary, "-test.run", "^TestWorlds$", "-test.timeout", "0", "-first",
		"-from", strconv.FormatUint(first, 10), "-seeds", strconv.Itoa(most), "-jobs", strconv.Itoa(*jobs))
	worlds.Dir = filepath.Join("sync", "simulation")
	worlds.Env = append(os.Environ(), variable+"="+bug)
	out, err := worlds.Output()
	return string(out), err
}

// try plants one bug and plays worlds until it is caught.
func try(binary string, b bug) (bool, error) {
	first, most := *from, *seeds
	if *known {
		first, most = b.seed, knownWithin
	}
	said, err := play(binary, b.name, first, most)
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		return false, err
	}
	found := verdict.FindStringSubmatch(said)
	if found == nil {
		fmt.Printf("MISSED  %-50s in %d seeds\n%s", b.name, most, tail(said, err))
		return false, nil
	}
	fmt.Printf("caught  %-50s seed %-6s %s: %s\n", b.name, found[1], found[3], short(found[4]))
	return true, nil
}

// tail is the end of what a run said that was to fail and named no violation.
func tail(said string, err error) string {
	if err == nil {
		return ""
	}
	lines := strings.Split(strings.TrimSpace(said), "\n")
	return strings.Join(lines[max(0, len(lines)-20):], "\n") + "\n"
}

func short(s string) string {
	if r := []rune(s); len(r) > 100 {
		return string(r[:100]) + "…"
	}
	return s
}
