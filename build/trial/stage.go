package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// patience is how long a step may take on a loaded machine: to tell two thousand
// tickets takes minutes where ten others want the same two cores.
const patience = 4 * time.Minute

// stage is where a play is performed: a folder that goes with it, an album that
// stays, and what must end before the folder goes.
type stage struct {
	dir    string
	album  string
	ending []func() error
}

func newStage(album string) (*stage, error) {
	if err := os.MkdirAll(album, 0o755); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "holdall-trial-")
	return &stage{dir: dir, album: album}, err
}

// clear ends what was started, the last one first.
func (s *stage) clear() error {
	var errs []error
	for len(s.ending) > 0 {
		last := len(s.ending) - 1
		end := s.ending[last]
		s.ending = s.ending[:last]
		errs = append(errs, end())
	}
	return errors.Join(append(errs, os.RemoveAll(s.dir))...)
}

func (s *stage) path(names ...string) string {
	return filepath.Join(append([]string{s.dir}, names...)...)
}

// act is one step of a play.
type act struct {
	name string
	do   func(context.Context) error
}

// perform takes the acts in order and prints which held, so that a failing play
// shows how far it came.
func (s *stage) perform(ctx context.Context, acts ...act) error {
	for _, a := range acts {
		begun := time.Now()
		step, cancel := context.WithTimeoutCause(ctx, patience, fmt.Errorf("%v are over", patience))
		err := a.do(step)
		cancel()
		if err != nil {
			if s.picture(ctx, "failed") == nil {
				err = fmt.Errorf("%w; what it looked like is %s", err, filepath.Join(s.album, "failed.png"))
			}
			return fmt.Errorf("%s: %w", a.name, err)
		}
		fmt.Printf("  held: %s (%.1f s)\n", a.name, time.Since(begun).Seconds())
	}
	return nil
}

// picture photographs the screen.
func (s *stage) picture(ctx context.Context, name string) error {
	return run(ctx, "import", "-window", "root", filepath.Join(s.album, name+".png"))
}

// run carries out a command that says nothing when it succeeds.
func run(ctx context.Context, name string, args ...string) error {
	said, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, said)
	}
	return nil
}
