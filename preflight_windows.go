//go:build windows && !bindings

package main

import "syscall"

// closeToOthers has nothing to do: a profile folder of Windows inherits an
// access list that names its owner alone.
func closeToOthers() {}

// fullDisk are ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL.
var fullDisk = []error{syscall.Errno(39), syscall.Errno(112)}
