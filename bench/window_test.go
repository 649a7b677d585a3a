package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// started is what the play "start" tells of one kind of start.
type started struct {
	Seconds float64 `json:"seconds"`
	Memory  int64   `json:"memory"` // bytes, of all processes
}

// windowStart starts the built window on a screen of its own, as the self-test
// does, beside the same window with nothing to show.
func windowStart(tb testing.TB, _ volume) []line {
	root, err := filepath.Abs("..")
	must(tb, err)
	play := exec.Command("xvfb-run", "-a", "-s", "-screen 0 1440x900x24", "go", "run", "./build/trial", "start", tb.TempDir())
	play.Dir, play.Stderr = root, os.Stderr
	told, err := play.Output()
	must(tb, err)
	lines := bytes.Split(bytes.TrimSpace(told), []byte("\n"))
	var figures struct{ Tickets, Empty started }
	must(tb, json.Unmarshal(lines[len(lines)-1], &figures))
	full, empty := figures.Tickets, figures.Empty
	return []line{{
		what: "cold start of the window to a usable list of 2,000 tickets", figure: fmt.Sprintf("%.2f s", full.Seconds),
		limit: fmt.Sprintf("without a workspace %.2f s", empty.Seconds), ratio: full.Seconds / empty.Seconds,
		goal: "≤ 1.5 s", holds: full.Seconds <= 1.5,
	}, {
		what: "memory of all its processes", figure: fmt.Sprintf("%d MB", full.Memory/1e6),
		limit: fmt.Sprintf("without a workspace %d MB", empty.Memory/1e6), ratio: float64(full.Memory) / float64(empty.Memory),
		goal: "≤ 250 MB", holds: full.Memory <= 250e6,
	}}
}
