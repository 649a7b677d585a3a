package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
)

// playTrouble opens the window where it cannot open, and wants it to say so: in
// a window, in one sentence, and with status 1.
func playTrouble(ctx context.Context, s *stage) error {
	place := s.path("taken")
	if err := os.WriteFile(place, nil, 0o600); err != nil {
		return err
	}
	return s.perform(ctx, act{"a profile that cannot open says why in a window, and ends with 1", func(ctx context.Context) error {
		w, err := s.openWindow(ctx, place)
		if err != nil {
			return err
		}
		if _, err := w.see(ctx, "[role=alert]", place+" cannot be made"); err != nil {
			return err
		}
		if err := s.picture(ctx, "trouble"); err != nil {
			return err
		}
		var status *exec.ExitError
		if err := w.close(ctx); !errors.As(err, &status) || status.ExitCode() != 1 {
			return fmt.Errorf("it ended with %v, want status 1", err)
		}
		return nil
	}})
}
