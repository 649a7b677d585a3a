package app

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/gofrs/flock"

	"holdall/store"
)

var (
	// ErrHeld says that another program has the profile open: a window or a laptop
	// without one. Two would send what rests twice, and each would show what the other
	// has never seen.
	ErrHeld = errors.New("the profile is open in another program")
	// ErrLock is a folder of which nobody can say that it is in use.
	ErrLock = errors.New("lock the profile")
)

// Lock makes a profile this program's alone, until it is unlocked or the program ends,
// however that comes. It is taken before anything in the folder is opened.
func Lock(dir string) (*flock.Flock, error) {
	if err := store.MakeFolder(dir); err != nil {
		return nil, fmt.Errorf("make the profile folder: %w", err)
	}
	lock := flock.New(filepath.Join(dir, "window.lock"))
	switch held, err := lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrLock, err)
	case !held:
		return nil, ErrHeld
	}
	return lock, nil
}
