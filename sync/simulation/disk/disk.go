//go:build cgo

// Package disk promises a disk that can fail at any write: the files are memory,
// the folder of a file is its machine, and a machine can die in the middle of a
// transaction, lose in a power cut what no fsync has covered, run full, or
// refuse a commit. What SQLite asked to be synced is kept, and nothing else is
// sure; so an order that only luck upholds does not hold here.
//
// Register puts the disk under SQLite for the whole process. The store opens its
// files as ever and carries no switch for it. Only the simulation uses it: a
// file may be used by one goroutine at a time.
package disk

/*
#cgo linux LDFLAGS: -Wl,--unresolved-symbols=ignore-in-object-files
#cgo darwin LDFLAGS: -Wl,-undefined,dynamic_lookup
#include <stdlib.h>
#include "disk.h"
*/
import "C"

import (
	"fmt"
	"unsafe"
)

// Register makes the disk the one that SQLite uses from now on.
func Register() error {
	if rc := C.disk_register(); rc != 0 {
		return fmt.Errorf("register the disk: SQLite answers %d", rc)
	}
	return nil
}

// Copy copies a file of the disk.
func Copy(from, to string) error {
	f, t := C.CString(from), C.CString(to)
	defer C.free(unsafe.Pointer(f))
	defer C.free(unsafe.Pointer(t))
	if C.disk_copy(f, t) == 0 {
		return fmt.Errorf("copy %s: there is no such file", from)
	}
	return nil
}

// Remove removes a file: a program that is not SQLite's does so, and reaches
// only the name that the operating system has of it.
func Remove(file string) {
	f := C.CString(file)
	defer C.free(unsafe.Pointer(f))
	C.disk_forget(f)
}

// Machine is a folder whose files fail together.
type Machine string

func (m Machine) in(do func(folder *C.char)) {
	folder := C.CString(string(m))
	defer C.free(unsafe.Pointer(folder))
	do(folder)
}

// Fuse lets the machine die at the n-th write or sync from now; 0: not.
func (m Machine) Fuse(n int) { m.in(func(f *C.char) { C.disk_fuse(f, C.int64_t(n)) }) }

// Kill lets the machine die at once: nothing is written any more.
func (m Machine) Kill() { m.in(func(f *C.char) { C.disk_kill(f) }) }

// Dead reports whether the machine has died.
func (m Machine) Dead() (dead bool) {
	m.in(func(f *C.char) { dead = C.disk_dead(f) != 0 })
	return dead
}

// Fill lets no file of the machine grow, or lets it again.
func (m Machine) Fill(full bool) {
	n := C.int(0)
	if full {
		n = 1
	}
	m.in(func(f *C.char) { C.disk_fill(f, n) })
}

// Refuse lets the next n commits fail as if they had met another transaction.
func (m Machine) Refuse(n int) { m.in(func(f *C.char) { C.disk_refuse(f, C.int64_t(n)) }) }

// Revive lets the machine start again, all of its files being closed. After a
// power cut what was synced is there, and of the rest what the seed leaves;
// after the end of a program all that was written.
func (m Machine) Revive(power bool, seed uint64) error {
	cut := C.int(0)
	if power {
		cut = 1
	}
	var open int64
	m.in(func(f *C.char) { open = int64(C.disk_revive(f, cut, C.uint64_t(seed))) })
	if open > 0 {
		return fmt.Errorf("revive %s: %d files are open", m, open)
	}
	return nil
}

// Erase removes every file below a folder.
func Erase(root string) { Machine(root).in(func(f *C.char) { C.disk_erase(f) }) }
