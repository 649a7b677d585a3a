package replica

import (
	"errors"
	"syscall"
)

// noSpace reports whether the disk is full: ERROR_HANDLE_DISK_FULL or
// ERROR_DISK_FULL.
func noSpace(err error) bool {
	return errors.Is(err, syscall.Errno(39)) || errors.Is(err, syscall.Errno(112))
}
