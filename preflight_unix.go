//go:build unix && !bindings

package main

import "syscall"

// closeToOthers makes every file this program creates its owner's alone.
func closeToOthers() { syscall.Umask(0o077) }

// fullDisk are the errors of a disk, or a person's share of it, without room.
var fullDisk = []error{syscall.ENOSPC, syscall.EDQUOT}
