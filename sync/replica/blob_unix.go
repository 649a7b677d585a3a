//go:build unix

package replica

import (
	"errors"
	"syscall"
)

// noSpace reports whether the disk, or a person's share of it, is full.
func noSpace(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
