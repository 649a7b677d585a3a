//go:build !unix

package message

import "time"

// worked is a watch of the clock, where the time of the processors is not told.
func worked() func() time.Duration {
	begun := time.Now()
	return func() time.Duration { return time.Since(begun) }
}
