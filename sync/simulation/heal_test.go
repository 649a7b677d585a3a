package simulation

import (
	"slices"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/replica"
)

// How long a healed world may take to settle (I16).
const (
	settleWithin  = 60     // seconds
	mostTraffic   = 20_000 // frames without a pause
	reconnections = 3      // of a laptop: a hub that was restored hangs up, and so does a copy that is mended
)

// heal mends everything and lets it settle: afterwards all outboxes are empty
// and all replicas equal the hub.
func (w *world) heal() {
	w.healing = true
	w.mend()
	quiet := 0
	for range settleWithin {
		w.drain()
		if quiet++; slices.ContainsFunc(w.laptops, func(l *laptop) bool { return !l.quiet() }) {
			quiet = 0
		}
		// A hint that was lost is made good by the next poll, and a record that
		// was lost by the next checkpoint.
		if quiet > 1 {
			w.soonConnected()
			return
		}
		w.pass(time.Second)
	}
	w.fail("I16 liveness", "the world did not settle: %s", w.unsettled())
}

// mend ends every fault.
func (w *world) mend() {
	w.armed = false
	w.hubDisk().Fuse(0)
	w.hubDisk().Refuse(0)
	w.fill(false)
	for _, id := range names {
		if p := w.people[id]; p != nil && (p.Disabled || p.Roles[0] != desk.RoleAgent) {
			p.Disabled, p.Roles = false, []desk.Role{desk.RoleAgent}
			w.submit(desk.PersonPut, "", *p)
		}
	}
	for slices.Contains(w.releases, yesterday) {
		w.upgradeHub()
	}
	for _, l := range w.laptops {
		if l.out {
			l.letIn()
		}
		l.upgrade()
		l.disk().Fuse(0)
		l.disk().Fill(false)
		l.parted, l.slow, l.armed, l.full, l.dials = false, false, false, false, 0
		if k := l.link; k != nil {
			k.noUp, k.noDown = false, false
			if k.gone && len(k.down) == 0 {
				l.lose("the hub does not know this connection")
			}
		}
		l.step(replica.Ticked{})
	}
	for slices.ContainsFunc(w.links, func(k *link) bool { return !k.present() }) {
		w.straggle()
		w.closed()
	}
}

// drain delivers until nothing is on its way.
func (w *world) drain() {
	acts := 0
	for busy := true; busy; {
		busy = false
		for _, n := range w.nodes {
			n.listen()
		}
		for _, l := range w.laptops {
			if l.link == nil && !l.dialling {
				l.step(replica.Woken{})
			}
			for l.dialling || l.link != nil && len(l.link.up)+len(l.link.down) > 0 {
				busy = true
				l.traffic()
				w.closed()
				if acts++; acts > mostTraffic {
					w.fail("I16 liveness", "frames never end: %s", w.unsettled())
				}
			}
		}
	}
}

// soonConnected: nobody needs many tries once the network is whole.
func (w *world) soonConnected() {
	for _, l := range w.laptops {
		if l.dials > reconnections {
			w.fail("I16 liveness", "%s connected %d times until it was in step", l.device, l.dials)
		}
	}
}

// quiet reports whether the laptop has nothing left to say or to hear.
func (l *laptop) quiet() bool {
	s := l.engine.Status()
	return s.Online && !s.CatchingUp && !l.waiting()
}

// waiting reports whether the outbox holds anything.
func (l *laptop) waiting() bool {
	pending, err := l.store.Pending(l.w.ctx)
	l.w.check(err)
	return len(pending) > 0
}

func (w *world) unsettled() string {
	for _, l := range w.laptops {
		pending, err := l.store.Pending(w.ctx)
		w.check(err)
		for _, p := range pending {
			return string(l.device) + " still holds " + string(p.Mutation.Name) + " as " + string(p.State) + " " + l.engine.Status().Problem
		}
	}
	return "frames never end"
}

// cursorsOf reads how far a laptop has come.
func (l *laptop) cursorsOf() (cursors map[desk.BucketID]store.Cursor) {
	l.w.check(l.store.View(l.w.ctx, func(tx *store.ReplicaTx) (err error) {
		cursors, err = tx.Cursors()
		return err
	}))
	return cursors
}
