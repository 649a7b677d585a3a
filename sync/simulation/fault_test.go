package simulation

import (
	"slices"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
	"holdall/sync/replica"
)

// turn is something the world may do next, with its weight.
type turn struct {
	weight int
	do     func(*laptop)
}

// turns of a world with faults.
func (w *world) turns() []turn {
	return []turn{
		{30, (*laptop).edit},
		{60, func(l *laptop) { l.traffic() }},
		{14, func(*laptop) { w.pass(time.Duration(1+w.rand.IntN(20)) * time.Second) }},
		{6, func(*laptop) { w.mail() }},
		{3, func(l *laptop) { w.count.cuts++; l.cut(); l.step(replica.Lost{Reason: "cut"}) }},
		{2, func(l *laptop) { w.count.clientCrashes++; w.note("crash %s", l.device); l.crash() }},
		{1, func(*laptop) { w.crashHub() }},
		{2, func(l *laptop) { l.duplicate() }},
		{2, func(l *laptop) { l.part() }},
		{2, func(*laptop) { w.changeTeams() }},
		{2, func(l *laptop) { l.loseAnswer() }},
	}
}

// act lets one thing happen.
func (w *world) act(turns []turn, sum int) {
	w.count.steps++
	l := w.laptops[w.rand.IntN(len(w.laptops))]
	n := w.rand.IntN(sum)
	for _, t := range turns {
		if n -= t.weight; n < 0 {
			t.do(l)
			return
		}
	}
}

// traffic moves one piece of the network; whatever is not moved is delayed.
func (l *laptop) traffic() {
	switch {
	case l.dialling:
		l.connect()
	case len(l.up) > 0 && (len(l.down) == 0 || l.w.rand.IntN(2) == 0):
		l.deliverUp(1 + l.w.rand.IntN(3))
	case len(l.down) > 0:
		l.deliverDown()
	case l.session == 0:
		l.step(replica.Woken{})
	}
}

// pass lets time go by for everyone.
func (w *world) pass(d time.Duration) {
	w.now = w.now.Add(d)
	w.hubStep(hub.Ticked{})
	for _, l := range w.laptops {
		l.step(replica.Ticked{})
	}
}

func (w *world) mail() {
	if w.rand.IntN(4) == 0 {
		w.openTicket(w.teams[w.rand.IntN(len(w.teams))])
		return
	}
	w.hear(w.tickets[w.rand.IntN(min(len(w.tickets), 6))])
}

// crashHub loses the hub's memory and all connections; what was committed stays.
func (w *world) crashHub() {
	w.count.hubCrashes++
	w.note("hub crash")
	w.check(w.central.Close())
	w.openHub()
	for _, l := range w.laptops {
		if l.session != 0 {
			l.session, l.up, l.down = 0, nil, nil
			l.step(replica.Lost{Reason: "the hub crashed"})
		}
	}
}

// loseAnswer lets the hub commit and breaks the connection before the answer.
func (l *laptop) loseAnswer() {
	if len(l.up) == 0 {
		return
	}
	l.w.count.lostAcks++
	l.deliverUp(len(l.up))
	l.cut()
	l.step(replica.Lost{Reason: "lost before the answer"})
}

// duplicate lets the newest PUSH arrive once more, as a retry by a proxy would.
func (l *laptop) duplicate() {
	if l.session == 0 || l.lastPush == nil {
		return
	}
	l.w.count.duplicates++
	m, err := protocol.Decode(l.lastPush)
	l.w.check(err)
	l.w.hubStep(hub.Received{Session: l.session, Message: m}, hub.Received{Session: l.session, Message: m})
}

func (l *laptop) part() {
	l.parted = !l.parted
	if l.parted {
		l.w.count.partitions++
		l.cut()
		l.step(replica.Lost{Reason: "parted"})
	}
}

// changeTeams moves a person to other teams: queues enter and leave his laptop.
func (w *world) changeTeams() {
	w.count.roleChanges++
	id := w.laptops[w.rand.IntN(len(w.laptops))].person
	p := w.people[id]
	p.Teams = []desk.TeamID{w.teams[w.rand.IntN(3)]}
	if other := w.teams[w.rand.IntN(3)]; other != p.Teams[0] {
		p.Teams = append(p.Teams, other)
	}
	w.note("teams %s %v", id, p.Teams)
	w.submit(desk.PersonPut, "", *p)
}

// heal mends the network and lets everything settle (SPEC: after the last fault
// all outboxes empty and all replicas equal the hub).
func (w *world) heal() {
	for _, l := range w.laptops {
		l.parted = false
	}
	for range 200 {
		w.drain()
		if !slices.ContainsFunc(w.laptops, func(l *laptop) bool { return !l.quiet() }) {
			return
		}
		w.pass(time.Second)
	}
	w.failf("the world did not settle: %s", w.unsettled())
}

// drain delivers until nothing is on its way.
func (w *world) drain() {
	for busy := true; busy; {
		busy = false
		for _, l := range w.laptops {
			if l.session == 0 && !l.dialling {
				l.step(replica.Woken{})
			}
			for l.dialling || len(l.up)+len(l.down) > 0 {
				busy = true
				l.traffic()
			}
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
