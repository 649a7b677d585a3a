package simulation

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
	"holdall/sync/replica"
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

	parted   bool // no connection can be made
	dialling bool
	session  hub.SessionID // 0: none
	up, down [][]byte      // frames on their way; nil in down: the hub hung up
	lastPush []byte        // to be delivered twice
	made     int           // things named by this device
	cursors  map[desk.BucketID]store.Cursor
}

func (w *world) addLaptop(n int) {
	people := []desk.PersonID{"mira", "tobias", "elif", "jan"}
	l := &laptop{w: w, n: n, person: people[n%len(people)], device: desk.DeviceID(fmt.Sprintf("laptop-%d", n)), dir: filepath.Join(w.dir, fmt.Sprint(n))}
	w.check(w.central.Update(w.ctx, func(tx *store.CentralTx) error {
		return tx.AddDevice(store.Device{ID: l.device, Person: l.person, Name: string(l.device), CreatedAt: w.now, LastSeen: w.now})
	}))
	l.open()
	w.check(l.store.SetIdentity(w.ctx, store.Identity{Device: l.device, Person: l.person, Server: "simulation"}))
	w.laptops = append(w.laptops, l)
}

func (l *laptop) open() {
	replicaStore, err := store.OpenReplica(l.w.ctx, l.dir)
	l.w.check(err)
	l.store = replicaStore
	l.engine = replica.New(replicaStore, rand.New(rand.NewPCG(l.w.seed, uint64(100+l.n))), "simulation")
	l.w.check(l.engine.Recover(l.w.ctx, l.w.now))
	l.cursors = nil
}

// crash loses everything that is not on disk.
func (l *laptop) crash() {
	l.cut()
	l.dialling = false
	l.w.check(l.store.Close())
	l.open()
}

// step lets something happen on the laptop.
func (l *laptop) step(ev replica.Event) {
	effects, err := l.engine.Step(l.w.ctx, l.w.now, ev)
	l.w.check(err)
	for _, effect := range effects {
		switch effect := effect.(type) {
		case replica.Dial:
			l.dialling = true
		case replica.Send:
			l.send(effect.Message)
		case replica.Hangup:
			l.cut()
		}
	}
	l.watch()
}

func (l *laptop) send(m protocol.Message) {
	if l.session == 0 {
		return
	}
	frame, err := protocol.Encode(m)
	l.w.check(err)
	if _, ok := m.(protocol.Push); ok {
		l.lastPush = frame
	}
	l.up = append(l.up, frame)
}

// cut breaks the connection: what is on its way is lost, on both sides.
func (l *laptop) cut() {
	if l.session == 0 {
		return
	}
	session := l.session
	l.session, l.up, l.down = 0, nil, nil
	l.w.hubStep(hub.Closed{Session: session})
}

// connect answers a dial.
func (l *laptop) connect() {
	l.dialling = false
	if l.parted {
		l.step(replica.Lost{Reason: "parted"})
		return
	}
	l.w.next++
	l.session, l.up, l.down = l.w.next, nil, nil
	l.w.hubStep(hub.Opened{Session: l.session, Device: l.device})
	l.step(replica.Connected{})
}

// deliverUp hands frames to the hub together, as a group commit would.
func (l *laptop) deliverUp(n int) {
	var events []hub.Event
	for range min(n, len(l.up)) {
		m, err := protocol.Decode(l.up[0])
		l.w.check(err)
		l.up = l.up[1:]
		events = append(events, hub.Received{Session: l.session, Message: m})
	}
	l.w.hubStep(events...)
}

// deliverDown hands one frame to the laptop.
func (l *laptop) deliverDown() {
	frame := l.down[0]
	l.down = l.down[1:]
	if frame == nil {
		l.session, l.up, l.down = 0, nil, nil
		l.step(replica.Lost{Reason: "the hub hung up"})
		return
	}
	m, err := protocol.Decode(frame)
	l.w.check(err)
	l.w.count.delivered++
	l.w.note("%s<%s", l.device, m.Type())
	l.step(replica.Received{Message: m})
}

func (w *world) hubStep(events ...hub.Event) {
	for _, effect := range w.hub.Step(w.ctx, w.now, events...) {
		w.carryOut(effect)
	}
}

// carryOut does for the hub's engine what its server would.
func (w *world) carryOut(effect hub.Effect) {
	switch effect := effect.(type) {
	case hub.Send:
		if l := w.laptopOf(effect.Session); l != nil {
			frame, err := protocol.Encode(effect.Message)
			w.check(err)
			w.observe(effect.Message)
			l.down = append(l.down, frame)
		}
	case hub.Hangup:
		if l := w.laptopOf(effect.Session); l != nil {
			l.down = append(l.down, nil)
		}
	}
}

func (w *world) laptopOf(s hub.SessionID) *laptop {
	for _, l := range w.laptops {
		if l.session == s && s != 0 {
			return l
		}
	}
	return nil
}

// observe counts the fates of mutations.
func (w *world) observe(m protocol.Message) {
	ack, ok := m.(protocol.Ack)
	if !ok {
		return
	}
	for _, r := range ack.Results {
		switch r.Status {
		case desk.Disputed:
			w.count.disputed++
		case desk.Held:
			w.count.held++
		case desk.Rejected:
			w.count.rejected++
		}
	}
}
