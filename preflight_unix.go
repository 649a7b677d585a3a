//go:build unix && !bindings

package main

import "syscall"

// closeToOthers makes every file this program creates its owner's alone.
func closeToOthers() { syscall.Umask(0o077) }
