package app

import (
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

// markForeign puts a file into macOS' quarantine, so that Gatekeeper looks at it
// before it opens: the attribute every browser sets, with the flags of a
// download, the second and who loaded it.
func markForeign(path string) error {
	mark := fmt.Sprintf("0081;%08x;Holdall;", time.Now().Unix())
	if err := unix.Setxattr(path, "com.apple.quarantine", []byte(mark), 0); err != nil {
		return fmt.Errorf("put a file into quarantine: %w", err)
	}
	return nil
}
