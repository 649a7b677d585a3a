package app

import (
	"os"
	"runtime"
	"testing"
	"time"
)

// held are the goroutines and the open files of this program.
func held(t *testing.T) (goroutines, files int) {
	t.Helper()
	return runtime.NumGoroutine(), len(got(os.ReadDir("/proc/self/fd")).or(t))
}

// returns lets something be done many times and wants the program to hold about as
// much afterwards as after the first time: not one thing more for each. A database
// opens its readers when they are needed first.
func returns(t *testing.T, times int, do func()) {
	t.Helper()
	do()
	runtime.GC()
	goroutines, files := held(t)
	for range times {
		do()
	}
	over := time.Now().Add(patience / 3)
	for {
		g, f := held(t)
		if g < goroutines+times && f < files+times {
			return
		}
		if time.Now().After(over) {
			t.Fatalf("%d goroutines and %d files became %d and %d", goroutines, files, g, f)
		}
		runtime.Gosched()
	}
}

// TestAWorkspaceLeavesNothingOpen: whoever opens and closes it all day, alone or at a
// server, ends with what the program held in the morning.
func TestAWorkspaceLeavesNothingOpen(t *testing.T) {
	t.Run("alone", func(t *testing.T) {
		p := soloPage(t)
		returns(t, 40, func() {
			must(t, p.session.SignOut())
			got(p.session.StartSolo(SoloRequest{})).or(t)
		})
	})
	t.Run("at a server", func(t *testing.T) {
		o := newOffice(t)
		o.mails("t1", "m1", "It asks again.")
		ana := o.laptopOf(o.ana)
		returns(t, 40, func() {
			must(t, ana.leave())
			must(t, ana.Open(t.Context()))
			ana.settled()
			ws := got(ana.workspace()).or(t)
			got(ws.hub.Archives(ws.ctx)).or(t)
		})
	})
}
