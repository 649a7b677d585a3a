//go:build !bindings

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"holdall/app"
)

// errOpen says that another window holds the profile. Wails has a lock of its
// own but takes it only after the databases would have been opened.
var errOpen = errors.New("this profile is open in another window of Holdall; look for it there, or name another profile with --profile")

// preflight does what must be done before the window and must not be done
// while the bindings are generated, which executes main: it closes the profile
// to other people of the machine, takes its lock and opens its databases. The
// caller must call release at the end, also to write what is still in memory.
func preflight(profile string, a *app.App) (release func(), err error) {
	closeToOthers()
	if err := os.MkdirAll(profile, 0o700); err != nil {
		return nil, fmt.Errorf("make the profile folder: %w", err)
	}
	if err := os.Chmod(profile, 0o700); err != nil {
		return nil, fmt.Errorf("close the profile folder to others: %w", err)
	}
	lock := flock.New(filepath.Join(profile, "window.lock"))
	held, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock the profile: %w", err)
	}
	if !held {
		return nil, errOpen
	}
	if err := a.Open(context.Background()); err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return func() {
		if err := errors.Join(a.Close(), lock.Unlock()); err != nil {
			fmt.Fprintln(os.Stderr, "holdall: close the profile:", err)
		}
	}, nil
}
