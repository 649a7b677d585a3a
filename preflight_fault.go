//go:build !bindings

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"

	"holdall/app"
	"holdall/desk"
)

// held says that another window holds the profile. Wails has a lock of its own but
// takes it only after the databases would have been opened.
const held = "This profile is open in another window of Holdall; look for it there, end it if it does not answer, or name another profile with --profile."

// errHomeless says that nobody knows where a profile of this person would stand.
var errHomeless = desk.Refuse(desk.CodeWorkflow, "This system names no home folder for you, and none is guessed; name a folder for the profile with --profile.")

// fault is an error of which a person sees the sentence and the log the cause.
type fault struct {
	sentence string
	cause    error
}

func (f fault) Error() string { return f.sentence }
func (f fault) Unwrap() error { return f.cause }

// said puts the sentence on whatever keeps the profile from opening.
func said(err error, profile string) error {
	var refusal *desk.Error
	sentence := fmt.Sprintf("Something went wrong inside the program while it opened the profile %s; nothing you wrote is lost. Send %s to whoever looks after your desk.", profile, filepath.Join(profile, logName))
	switch {
	case errors.Is(err, app.ErrHeld):
		sentence = held
	case errors.As(err, &refusal):
		sentence = refusal.Message
	case isFull(err):
		sentence = fmt.Sprintf("The disk that holds the profile %s is full; free some space and open Holdall again. Nothing that was saved is lost.", profile)
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrExist):
		sentence = fmt.Sprintf("The profile %s cannot be made, for a file stands in its place or above it; move that away, or name another place with --profile.", profile)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		sentence = fmt.Sprintf("The profile folder %s cannot be written; see to it that it belongs to you, or name another place with --profile.", profile)
	case errors.Is(err, app.ErrLock):
		sentence = fmt.Sprintf("The profile folder %s cannot be locked, as on some network drives; name a folder on a disk of this computer with --profile.", profile)
	}
	return fault{sentence, err}
}

func isFull(err error) bool {
	for _, full := range fullDisk {
		if errors.Is(err, full) {
			return true
		}
	}
	return false
}
