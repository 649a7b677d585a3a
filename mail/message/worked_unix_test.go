//go:build unix

package message

import (
	"syscall"
	"time"
)

// worked is a watch of the time that the processors work for this program,
// however busy the machine is otherwise.
func worked() func() time.Duration {
	begun := processorTime()
	return func() time.Duration { return processorTime() - begun }
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
