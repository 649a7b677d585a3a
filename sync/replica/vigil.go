package replica

import (
	"net"
	"slices"
	"strings"
	"time"
)

// asleep is how far the clocks may part, or a tick come late, before this
// machine must have slept.
const asleep = 10 * time.Second

// vigil notices that the machine slept or came into another network, so that
// nobody waits for a dead connection to be given up.
type vigil struct {
	network func() string // names the addresses this machine has
	last    time.Time     // zero: nothing was seen yet
	done    time.Time     // the last piece of work was
	had     string
}

// worked says that time went by with work of ours, not in a sleep.
func (v *vigil) worked(now time.Time) { v.done = now }

// changed reports whether a connection from before the last look is worth
// nothing. To have no network at all is no change: the next one is.
func (v *vigil) changed(now time.Time) bool {
	last, done, had := v.last, v.done, v.had
	v.last, v.done = now, now
	if has := v.network(); has != "" {
		v.had = has
	}
	if last.IsZero() {
		return false
	}
	parted := now.Round(0).Sub(last.Round(0)) - now.Sub(last)
	return slept(now.Sub(done), parted) || had != "" && had != v.had
}

// slept takes how late a tick came, and how far the clock on the wall has parted
// from the monotonic one, which on some systems stands still in a sleep.
func slept(late, parted time.Duration) bool { return late > asleep || parted.Abs() > asleep }

// addresses names the addresses by which this machine is in a network. Those
// that it has by itself come and go without meaning anything.
func addresses() string {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return ""
	}
	var names []string
	for _, a := range all {
		ip, ok := a.(*net.IPNet)
		if ok && ip.IP.IsGlobalUnicast() {
			names = append(names, ip.String())
		}
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}
