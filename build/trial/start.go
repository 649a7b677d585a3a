package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// starts is how often each window is started; the median is told.
const starts = 5

// started is what a start of the window took.
type started struct {
	Seconds float64 `json:"seconds"` // from the start of the process to two frames after the screen stood
	Memory  int64   `json:"memory"`  // bytes: the proportional share (PSS) of all its processes
}

// playStart measures the window on a profile with 2,000 tickets, until its list
// can be used, beside the same window on an empty profile, until its first
// screen stands: what WebKit and the page take by themselves. The last line is
// for a program: {"tickets": {…}, "empty": {…}}.
func playStart(ctx context.Context, s *stage) error {
	profile := s.path("profile")
	desk, err := s.start(ctx, "replica", "--solo", "--demo", "--no-mail", "--dir", profile)
	if err != nil {
		return err
	}
	if err := desk.stop(); err != nil {
		return err
	}
	figures := map[string][]started{}
	for n := range starts {
		for name, one := range map[string]struct{ profile, screen string }{
			"tickets": {profile, anyTicket},
			"empty":   {s.path(fmt.Sprintf("empty-%d", n)), ".start-card input:focus"},
		} {
			figure, err := s.measure(ctx, one.profile, one.screen)
			if err != nil {
				return err
			}
			figures[name] = append(figures[name], figure)
		}
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]started{"tickets": median(figures["tickets"]), "empty": median(figures["empty"])})
}

func (s *stage) measure(ctx context.Context, profile, screen string) (started, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, fmt.Errorf("%v are over", patience))
	defer cancel()
	begun := time.Now()
	w, err := s.launch(profile)
	if err != nil {
		return started{}, err
	}
	if _, err := w.see(ctx, screen, ""); err != nil {
		return started{}, err
	}
	figure := started{Seconds: time.Since(begun).Seconds()}
	if figure.Memory, err = memory(w.program.Process.Pid); err != nil {
		return started{}, err
	}
	return figure, w.close(ctx)
}

// median is the one in the middle, of each figure by itself.
func median(list []started) started {
	var seconds []float64
	var bytes []int64
	for _, one := range list {
		seconds, bytes = append(seconds, one.Seconds), append(bytes, one.Memory)
	}
	slices.Sort(seconds)
	slices.Sort(bytes)
	return started{seconds[len(seconds)/2], bytes[len(bytes)/2]}
}

// memory sums the proportional share of a process and all its descendants in
// bytes (proc(5), smaps_rollup): pages that several of them map count once.
func memory(root int) (sum int64, err error) {
	family := map[int]bool{root: true}
	statuses, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return 0, err
	}
	parents := map[int]int{}
	for _, path := range statuses {
		if text, err := os.ReadFile(path); err == nil { // else it has ended meanwhile
			fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			parents[pid], _ = strconv.Atoi(fields[1])
		}
	}
	for grew := true; grew; {
		grew = false
		for pid, parent := range parents {
			if family[parent] && !family[pid] {
				family[pid], grew = true, true
			}
		}
	}
	for pid := range family {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
		if err != nil {
			return 0, err
		}
		for line := range strings.Lines(string(text)) {
			if fields := strings.Fields(line); fields[0] == "Pss:" {
				kib, err := strconv.ParseInt(fields[1], 10, 64)
				if err != nil {
					return 0, err
				}
				sum += kib << 10
			}
		}
	}
	return sum, nil
}
