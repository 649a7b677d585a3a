//go:build !cgo

package disk

import "errors"

var errNoCgo = errors.New("the simulation plays with SQLite and needs cgo")

// Machine is a folder whose files fail together.
type Machine string

// Register fails: without cgo there is no SQLite to put a disk under.
func Register() error { return errNoCgo }

// Copy fails as Register does.
func Copy(_, _ string) error { return errNoCgo }

// Remove does nothing.
func Remove(string) {}

// Fuse does nothing.
func (Machine) Fuse(int) {}

// Kill does nothing.
func (Machine) Kill() {}

// Dead is false.
func (Machine) Dead() bool { return false }

// Fill does nothing.
func (Machine) Fill(bool) {}

// Refuse does nothing.
func (Machine) Refuse(int) {}

// Revive fails as Register does.
func (Machine) Revive(bool, uint64) error { return errNoCgo }

// Erase does nothing.
func Erase(string) {}
