package simulation

import (
	"path/filepath"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/simulation/disk"
)

// node is a process of the hub over the one database.
type node struct {
	w       *world
	central *store.Central
	engine  *hub.Engine
	release release
	hinted  bool // that others have committed; hints may be lost
}

func (w *world) hubDisk() disk.Machine { return disk.Machine(filepath.Join(w.dir, "hub")) }
func (w *world) hubFile() string       { return filepath.Join(w.dir, "hub", "hub.db") }

// hubNow is the present by the hub's clock.
func (w *world) hubNow() time.Time { return w.now.Add(w.hubAt) }

// central is the database as any of the nodes has it open.
func (w *world) central() *store.Central { return w.nodes[0].central }

// openHub starts every node.
func (w *world) openHub() {
	for i := range w.nodes {
		w.nodes[i] = &node{w: w, release: w.releases[i]}
		w.nodes[i].open()
	}
}

func (n *node) open() {
	central, err := store.OpenCentral(n.w.ctx, n.w.hubFile())
	n.w.check(err)
	n.central = central
	n.engine, err = hub.New(n.w.ctx, central)
	n.w.check(err)
	n.engine.Offering(n.offer())
}

// closeHub ends every node in good order.
func (w *world) closeHub() {
	for _, n := range w.nodes {
		w.check(n.central.Close())
	}
}

// step lets something happen at the node. If its machine dies meanwhile nothing
// of it leaves the house.
func (n *node) step(events ...hub.Event) {
	effects := n.engine.Step(n.w.ctx, n.w.hubNow(), events...)
	if n.w.hubDied() {
		return
	}
	for _, effect := range effects {
		n.carryOut(effect)
	}
}

// hubDied looks whether the hub's machine died in the last step, and starts it
// again.
func (w *world) hubDied() bool {
	if !w.armed || !w.hubDisk().Dead() {
		return false
	}
	w.count.did("hub crashes in a transaction")
	w.crashHub(w.rand.IntN(2) == 0)
	return true
}

// carryOut does for the engine what its server would.
func (n *node) carryOut(effect hub.Effect) {
	switch effect := effect.(type) {
	case hub.Send:
		if k := n.w.linkOf(effect.Session); k != nil {
			k.sendDown(effect.Message)
		}
	case hub.Hangup:
		if k := n.w.linkOf(effect.Session); k != nil {
			k.hangUp()
		}
	case hub.Moved:
		n.hintOthers()
	case hub.Failed:
		if !n.w.full {
			n.w.check(effect.Err)
		}
	}
}

// hintOthers tells the other nodes that something moved, or loses the hint.
func (n *node) hintOthers() {
	for _, other := range n.w.nodes {
		switch {
		case other == n:
		case n.w.rand.IntN(2) == 0:
			n.w.count.did("lost hints")
		default:
			other.hinted = true
		}
	}
}

// listen takes in a hint that has arrived.
func (n *node) listen() {
	if n.hinted {
		n.hinted = false
		n.step(hub.Polled{})
	}
}

// system is the hub acting for itself.
var system = desk.Principal{System: true}

// submit lets a node execute a mutation of the hub's own, again until its fate
// is known, as the intake does with a mail.
func (w *world) submit(name desk.Name, ticket desk.TicketID, args any) desk.Result {
	m, err := desk.NewMutation(name, ticket, args, w.hubNow())
	w.check(err)
	w.jobs++
	m.Device, m.Mid = "hub", w.jobs
	for range 5 {
		n := w.nodes[w.rand.IntN(len(w.nodes))]
		effects := n.engine.Step(w.ctx, w.hubNow(), hub.Submitted{ID: w.jobs, Actor: system, Mutations: []desk.Mutation{n.release.written(m)}})
		if w.hubDied() {
			continue
		}
		if done := n.done(effects); done.Err == nil {
			return done.Results[0]
		}
		w.fill(false)
	}
	w.fail("fault", "the hub does not execute %s", name)
	return desk.Result{}
}

func (n *node) done(effects []hub.Effect) (done hub.Done) {
	for _, effect := range effects {
		if d, ok := effect.(hub.Done); ok {
			done = d
			continue
		}
		n.carryOut(effect)
	}
	return done
}

// crashHub loses the memory of every node and all connections; after a power cut
// also what was written and not synced.
func (w *world) crashHub(power bool) {
	w.note("hub crash %v", power)
	w.hubDisk().Kill()
	for _, n := range w.nodes {
		n.central.Close()
	}
	w.check(w.hubDisk().Revive(power, w.rand.Uint64()))
	w.armed, w.full = false, false
	w.breakLinks()
	w.openHub()
	w.kept()
}
