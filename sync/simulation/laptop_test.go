package simulation

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
	"holdall/sync/replica"
	"holdall/sync/simulation/disk"
)

// laptop is a device with its replica and its end of the network.
type laptop struct {
	w      *world
	n      int
	person desk.PersonID
	device desk.DeviceID
	dir    string
	store  *store.Replica
	engine *replica.Engine
	at     time.Duration // how far its clock is off
	armed  bool          // its machine will die at some write
	full   bool          // its disk

	release release
	aged    string  // the version whose file the next start finds; empty: today's
	carried []int64 // pending mutations of yesterday's program that today's found

	parted   bool // no connection can be made
	out      bool // the hub accepts it no more
	shelved  bool // its disk was put by
	earlier  *earlier
	slow     bool // it reads nothing for a while
	dialling bool
	dials    int
	link     *link         // nil: none
	lastPush []byte        // to be delivered twice
	made     int           // things named by this device
	wish     desk.Mutation // the newest that was to be saved
	seen     seen
}

func newLaptop(w *world, n int) *laptop {
	return &laptop{
		w: w, n: n, person: names[n%len(names)], device: desk.DeviceID(fmt.Sprintf("laptop-%d", n)),
		dir: filepath.Join(w.dir, fmt.Sprint(n)), seen: unseen(), release: today,
	}
}

// unpack starts the laptop from a folder of the founded world.
func (l *laptop) unpack(from string) {
	for _, file := range []string{"outbox.db", "replica.db"} {
		l.w.check(disk.Copy(filepath.Join(from, file), filepath.Join(l.dir, file)))
	}
	l.open()
}

func (l *laptop) disk() disk.Machine { return disk.Machine(l.dir) }

func (l *laptop) open() {
	opened, err := store.OpenReplica(l.w.ctx, l.dir)
	l.w.check(err)
	if damage := opened.Repaired(); damage != "" {
		l.w.fail("fault", "%s: %s", l.device, damage)
	}
	l.store = opened
	l.engine = replica.New(opened, rand.New(rand.NewPCG(l.w.seed, uint64(100+l.n))), "simulation")
	l.w.check(l.engine.Recover(l.w.ctx, l.now()))
}

// now is the present by the laptop's clock.
func (l *laptop) now() time.Time { return l.w.now.Add(l.at) }

// crash loses everything that is not on disk, after a power cut also what was
// not synced, and starts the laptop again.
func (l *laptop) crash(power bool) {
	w := l.w
	w.note("crash %s %v", l.device, power)
	if k := l.link; k != nil && !k.gone {
		w.unlink(k)
		w.closing = append(w.closing, k)
	}
	l.link, l.dialling, l.armed, l.full = nil, false, false, false
	l.disk().Kill()
	l.store.Close()
	w.check(l.disk().Revive(power, w.rand.Uint64()))
	power = l.climb() || power
	l.open()
	l.seen.restarted(power)
	l.awoke()
}

// died looks whether the laptop's machine died in the last step, and starts it
// again.
func (l *laptop) died() bool {
	if !l.armed || !l.disk().Dead() {
		return false
	}
	l.w.count.did("laptop crashes in a transaction")
	l.crash(l.w.rand.IntN(2) == 0)
	return true
}

// step lets something happen on the laptop. If its machine dies meanwhile
// nothing of it leaves the house.
func (l *laptop) step(ev replica.Event) {
	effects, err := l.engine.Step(l.w.ctx, l.now(), ev)
	if l.died() {
		return
	}
	if err != nil && !l.full {
		l.w.check(err)
	}
	if l.earlier != nil {
		l.restage()
	}
	for _, effect := range effects {
		switch effect := effect.(type) {
		case replica.Dial:
			l.dialling = true
		case replica.Send:
			l.send(effect.Message)
		case replica.Hangup:
			l.hangUp()
		}
	}
}

// receive takes in a message and looks at what it did.
func (l *laptop) receive(m protocol.Message) {
	link := l.link
	at := link.sent.next(m)
	l.step(replica.Received{Message: m})
	switch {
	case l.link != link:
	case l.full:
		l.seen.missed(m)
	default:
		l.watch(m, at)
	}
}

func (l *laptop) send(m protocol.Message) {
	if l.link == nil {
		return
	}
	if hello, ok := m.(protocol.Hello); ok {
		hello.Schema = int(l.release)
		m = hello
	}
	frame, err := protocol.Encode(m)
	l.w.check(err)
	if _, ok := m.(protocol.Push); ok {
		l.lastPush = frame
	}
	if !l.link.gone {
		l.link.up = append(l.link.up, frame)
	}
}

// hangUp ends the connection from this side; the engine knows.
func (l *laptop) hangUp() {
	k := l.link
	l.link = nil
	if k != nil && !k.gone {
		l.w.unlink(k)
		l.w.closing = append(l.w.closing, k)
	}
}

// connect answers a dial.
func (l *laptop) connect() {
	l.dialling = false
	if l.parted {
		l.step(replica.Lost{Reason: "parted"})
		return
	}
	l.w.next++
	l.dials++
	l.link = &link{id: l.w.next, of: l, at: l.w.nodes[l.w.rand.IntN(len(l.w.nodes))], sent: sent{}}
	l.w.links = append(l.w.links, l.link)
	l.link.at.step(hub.Opened{Session: l.link.id, Device: l.device})
	l.step(replica.Connected{})
}
