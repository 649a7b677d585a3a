//go:build cgo

package store

import (
	"errors"

	"github.com/mattn/go-sqlite3"
)

// sqliteFault sorts an error of SQLite into what can be said about it.
func sqliteFault(err error) fault {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return faultOther
	}
	switch e.Code {
	case sqlite3.ErrFull:
		return faultFull
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return faultDamaged
	case sqlite3.ErrReadonly, sqlite3.ErrPerm, sqlite3.ErrCantOpen, sqlite3.ErrAuth:
		return faultAccess
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return faultBusy
	case sqlite3.ErrIoErr:
		return faultDisk
	case sqlite3.ErrConstraint:
		// No hook of ours refuses a commit; what refuses one has met another
		// transaction.
		if e.ExtendedCode == sqlite3.ErrConstraintCommitHook {
			return faultRetry
		}
		if e.ExtendedCode == sqlite3.ErrConstraintPrimaryKey || e.ExtendedCode == sqlite3.ErrConstraintRowID {
			return faultTaken
		}
	}
	return faultOther
}
