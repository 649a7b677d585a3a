//go:build !cgo

package older

import "errors"

var errNoCgo = errors.New("files of SQLite are written with cgo")

// Unpack fails: without cgo there is no SQLite.
func Unpack([]byte, string) error { return errNoCgo }

// Lower fails as Unpack does.
func Lower(string, []byte) error { return errNoCgo }
