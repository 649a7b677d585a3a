package simulation

import (
	"errors"
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
var turns = []turn{
	{36, (*laptop).edit},
	{70, (*laptop).traffic},
	{12, func(l *laptop) { l.w.pass(time.Duration(1+l.w.rand.IntN(20)) * time.Second) }},
	{6, func(l *laptop) { l.w.mail() }},
	{2, (*laptop).drop},
	{2, (*laptop).leave},
	{3, func(l *laptop) { l.w.straggle() }},
	{2, (*laptop).oneWay},
	{2, (*laptop).slowDown},
	{2, (*laptop).duplicate},
	{2, (*laptop).part},
	{2, (*laptop).loseAnswer},
	{1, func(l *laptop) { l.w.count.did("laptop crashes"); l.crash(false) }},
	{1, func(l *laptop) { l.w.count.did("laptop power cuts"); l.crash(true) }},
	{3, (*laptop).arm},
	{1, (*laptop).fill},
	{1, func(l *laptop) { l.w.count.did("hub crashes"); l.w.crashHub(false) }},
	{1, func(l *laptop) { l.w.count.did("hub power cuts"); l.w.crashHub(true) }},
	{2, func(l *laptop) { l.w.armHub() }},
	{1, func(l *laptop) { l.w.fillHub() }},
	{2, func(l *laptop) { l.w.refuseCommits() }},
	{1, (*laptop).jump},
	{2, func(l *laptop) { l.w.changeTeams() }},
	{1, func(l *laptop) { l.w.revoke() }},
	{1, func(l *laptop) { l.w.backUp() }},
	{1, func(l *laptop) { l.w.restore() }},
	{1, (*laptop).corrupt},
	{3, func(l *laptop) { l.w.archive() }},
	{3, (*laptop).want},
	{3, (*laptop).pin},
	{2, (*laptop).upgrade},
	{1, func(l *laptop) { l.w.upgradeHub() }},
}

func weigh(list []turn) (sum int) {
	for _, t := range list {
		sum += t.weight
	}
	return sum
}

// act lets one thing happen.
func (w *world) act() {
	w.step++
	w.count.did("steps")
	l := w.laptops[w.rand.IntN(len(w.laptops))]
	n := w.rand.IntN(weigh(w.turns))
	for _, t := range w.turns {
		if n -= t.weight; n < 0 {
			t.do(l)
			break
		}
	}
	w.closed()
}

// traffic moves some of the network; whatever is not moved is delayed.
func (l *laptop) traffic() {
	k := l.link
	if k == nil || l.dialling {
		l.dial()
		return
	}
	up, down := len(k.up) > 0 && !k.noUp, len(k.down) > 0 && !k.noDown && !l.slow
	switch {
	case up && (!down || l.w.rand.IntN(2) == 0):
		k.deliverUp(1 + l.w.rand.IntN(3))
	case down:
		for range 1 + l.w.rand.IntN(4) {
			if l.link == k && len(k.down) > 0 {
				k.deliverDown()
			}
		}
	case len(k.up)+len(k.down) > 0:
		l.w.count.did("delayed frames")
	}
}

func (l *laptop) dial() {
	if l.dialling {
		l.connect()
		return
	}
	l.step(replica.Woken{})
}

// pass lets time go by for everyone.
func (w *world) pass(d time.Duration) {
	w.now = w.now.Add(d)
	for _, n := range w.nodes {
		n.step(hub.Polled{}, hub.Ticked{})
	}
	w.closed()
	for _, l := range w.laptops {
		l.step(replica.Ticked{})
	}
}

func (w *world) mail() {
	if w.rand.IntN(4) == 0 {
		w.openTicket(w.teams[w.rand.IntN(len(w.teams))])
		return
	}
	w.hear(w.tickets[w.rand.IntN(min(len(w.tickets), few))])
}

// drop loses what is on its way from some frame on, in one direction, and with
// it the connection: a stream has no holes.
func (l *laptop) drop() {
	k := l.link
	if k == nil || k.gone || len(k.up)+len(k.down) == 0 {
		return
	}
	l.w.count.did("dropped frames")
	if len(k.up) > 1 && l.w.rand.IntN(2) == 0 {
		k.deliverUp(l.w.rand.IntN(len(k.up)))
	} else if len(k.down) > 1 {
		for range l.w.rand.IntN(len(k.down)) {
			if l.link == k {
				k.deliverDown()
			}
		}
	}
	l.cut("dropped")
}

// oneWay lets one direction of the connection stand still, or go on.
func (l *laptop) oneWay() {
	k := l.link
	switch {
	case k == nil:
	case k.noUp || k.noDown:
		k.noUp, k.noDown = false, false
	default:
		l.w.count.did("one-way partitions")
		k.noUp = l.w.rand.IntN(2) == 0
		k.noDown = !k.noUp
	}
}

func (l *laptop) slowDown() { l.slow = !l.slow }

// loseAnswer lets the hub commit and breaks the connection before the answer.
func (l *laptop) loseAnswer() {
	k := l.link
	if k == nil || k.gone || len(k.up) == 0 {
		return
	}
	l.w.count.did("lost answers")
	k.deliverUp(len(k.up))
	l.cut("lost before the answer")
}

// duplicate lets the newest PUSH arrive once more, as a retry by a proxy would.
func (l *laptop) duplicate() {
	k := l.link
	if k == nil || k.gone || l.lastPush == nil {
		return
	}
	l.w.count.did("duplicated pushes")
	m, err := protocol.Decode(l.lastPush)
	l.w.check(err)
	m = k.at.understood(m)
	k.at.step(hub.Received{Session: k.id, Message: m}, hub.Received{Session: k.id, Message: m})
}

func (l *laptop) part() {
	l.parted = !l.parted
	if l.parted {
		l.w.count.did("partitions")
		l.cut("parted")
	}
}

// arm lets the laptop die at one of its next writes: before a commit, after it,
// between the two files, or between an answer and the deletion of what it
// answers.
func (l *laptop) arm() {
	l.armed = true
	l.disk().Fuse(1 + l.w.rand.IntN(40))
}

func (w *world) armHub() {
	w.armed = true
	w.hubDisk().Fuse(1 + w.rand.IntN(60))
}

// fill leaves no room on the laptop's disk, or gives it back.
func (l *laptop) fill() {
	l.full = !l.full
	l.disk().Fill(l.full)
	if l.full {
		l.w.count.did("full laptops")
	} else {
		l.step(replica.Ticked{})
	}
}

// fillHub leaves no room on the hub's disk until the hub itself cannot work.
func (w *world) fillHub() {
	w.count.did("full hubs")
	w.fill(true)
}

func (w *world) fill(full bool) {
	w.full = full
	w.hubDisk().Fill(full)
}

// refuseCommits lets the hub's next commits meet another transaction (40001).
func (w *world) refuseCommits() {
	w.count.did("serialisation failures")
	w.hubDisk().Refuse(1 + w.rand.IntN(2))
}

// jump starts a machine with a clock that is days off.
func (l *laptop) jump() {
	w := l.w
	w.count.did("clock jumps")
	off := time.Duration(w.rand.IntN(10*24)-5*24) * time.Hour
	if w.rand.IntN(3) == 0 {
		w.hubAt = off
		w.crashHub(false)
		return
	}
	l.at = off
	l.crash(false)
}

// corrupt loses a record of the local copy, as a fault of ours or of the disk
// would. The next checkpoint tells (SPEC P20).
func (l *laptop) corrupt() {
	t, ok := l.pick()
	if !ok || l.full || l.armed {
		return
	}
	l.w.count.did("corrupted copies")
	l.w.note("corrupt %s %s", l.device, t.ID)
	l.seen.corrupt = true
	l.seen.corruptions++
	l.w.check(l.store.Update(l.w.ctx, func(tx *store.ReplicaTx) error {
		thread, err := tx.Thread(t.ID)
		if err != nil || len(thread) == 0 {
			return errors.Join(err, tx.Delete(t.Key()))
		}
		return tx.Delete(thread[l.w.rand.IntN(len(thread))].Key())
	}))
}

// changeTeams moves a person to other teams: queues enter and leave his laptop.
func (w *world) changeTeams() {
	w.count.did("changed teams")
	id := names[w.rand.IntN(len(names))]
	p := w.people[id]
	p.Teams = []desk.TeamID{w.teams[w.rand.IntN(3)]}
	if other := w.teams[w.rand.IntN(3)]; other != p.Teams[0] {
		p.Teams = append(p.Teams, other)
	}
	w.note("teams %s %v", id, p.Teams)
	w.submit(desk.PersonPut, "", *p)
}

// revoke takes a person's role, or all access, or gives both back.
func (w *world) revoke() {
	id := names[w.rand.IntN(len(names))]
	p := w.people[id]
	switch {
	case p.Disabled || p.Roles[0] != desk.RoleAgent:
		p.Disabled, p.Roles = false, []desk.Role{desk.RoleAgent}
	case w.rand.IntN(2) == 0:
		w.count.did("revoked roles")
		p.Roles = []desk.Role{desk.RoleRequester}
	default:
		w.count.did("revoked roles")
		p.Disabled = true
	}
	w.note("revoke %s %v %v", id, p.Roles, p.Disabled)
	w.submit(desk.PersonPut, "", *p)
}
