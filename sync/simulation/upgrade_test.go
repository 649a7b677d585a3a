package simulation

import (
	"encoding/json"
	"errors"
	"slices"

	"holdall/desk"
	"holdall/sync/protocol"
)

// release is which program a machine runs. Today's knows a second version of
// every act and keeps records in a second shape; yesterday's knows neither.
type release int

const (
	yesterday release = iota + 1
	today
)

// renamed are the acts whose arguments were laid out otherwise yesterday. Those
// of a patch were not, only their version is another: patches fold by what is in
// them, which a program of yesterday reads as it wrote it.
var renamed = []desk.Name{
	desk.TicketCreate, desk.TicketLabel, desk.TicketMove, desk.TicketCheck, desk.TicketPin,
	desk.TimeLog, desk.MessageAdd, desk.ReplyDecide, desk.ConflictResolve,
}

// layout is how yesterday's arguments were laid out.
type layout struct {
	Was json.RawMessage `json:"was"`
}

// secondVersion gives every act of a laptop its second version.
func secondVersion() {
	for _, name := range renamed {
		desk.Lifting(name, func(args json.RawMessage) (json.RawMessage, error) {
			var old layout
			if err := json.Unmarshal(args, &old); err != nil || old.Was == nil {
				return nil, errors.Join(err, errors.New("they are not laid out as yesterday"))
			}
			return old.Was, nil
		})
	}
	desk.Lifting(desk.TicketPatch, func(args json.RawMessage) (json.RawMessage, error) { return args, nil })
}

// written is a mutation of today as a release writes it.
func (r release) written(m desk.Mutation) desk.Mutation {
	if r == today {
		return m
	}
	m.Version = 1
	if slices.Contains(renamed, m.Name) {
		body, err := json.Marshal(layout{m.Args})
		if err != nil {
			panic(err)
		}
		m.Args = body
	}
	return m
}

// argsOf are the arguments of a mutation as today's program lays them out.
func argsOf(m desk.Mutation) json.RawMessage {
	if m.Version > 1 || !slices.Contains(renamed, m.Name) {
		return m.Args
	}
	var old layout
	mustRead(m.Args, &old)
	return old.Was
}

// understood is a message as a node's program reads it: what is newer than all it
// knows it cannot read.
func (n *node) understood(m protocol.Message) protocol.Message {
	push, ok := m.(protocol.Push)
	if !ok || n.release == today {
		return m
	}
	for i := range push.Mutations {
		if push.Mutations[i].Version > 1 {
			push.Mutations[i].Version++ // the program here knows the second, that one does not
		}
	}
	return push
}

// offer is what a node is ready to speak. In some worlds today's hub goes on to
// serve laptops of yesterday.
func (n *node) offer() protocol.Offer {
	o := protocol.Ours()
	o.Schema = 1
	if n.w.strict {
		o.Schema = int(n.release)
	}
	return o
}

// age lets some machines begin with the program of yesterday.
func (w *world) age() {
	w.strict = w.rand.IntN(2) == 0
	runs := w.drawn()
	for i, n := range w.nodes {
		w.releases[i], n.release = runs, runs
		n.engine.Offering(n.offer())
	}
	for _, l := range w.laptops {
		l.release = w.drawn()
	}
}

func (w *world) drawn() release { return yesterday + release(w.rand.IntN(2)) }

// upgrade installs today's program on the laptop, whatever waits in its outbox.
func (l *laptop) upgrade() {
	if l.release == today {
		return
	}
	l.w.count.did("upgraded laptops")
	l.w.note("upgrade %s", l.device)
	pending, err := l.store.Pending(l.w.ctx)
	l.w.check(err)
	for _, p := range pending {
		if p.Mutation.Version == 1 && !slices.Contains(l.carried, p.Mutation.Mid) {
			l.carried = append(l.carried, p.Mutation.Mid)
		}
	}
	if len(l.carried) > 0 {
		l.w.count.did("upgrades in mid-outbox")
	}
	l.release, l.aged = today, l.w.layoutOf(l.n, "version-1", "version-10")
	l.crash(false)
}

// upgradeHub installs today's program on one node; another goes on with the old
// one for a while.
func (w *world) upgradeHub() {
	i := slices.Index(w.releases, yesterday)
	if i < 0 {
		return
	}
	w.count.did("upgraded hubs")
	w.note("upgrade node %d", i)
	w.armed = false
	w.hubDisk().Fuse(0)
	w.fill(false) // nobody installs on a full disk
	n := w.nodes[i]
	for _, k := range slices.Clone(w.links) {
		if k.at != n {
			continue
		}
		w.unlink(k)
		if k.present() {
			k.of.lose("the node is being updated")
		}
	}
	w.closing = slices.DeleteFunc(w.closing, func(k *link) bool { return k.at == n })
	w.check(n.central.Close())
	if len(w.nodes) == 1 { // another node would go on with the newer file
		w.lowerHub(w.layoutOf(0, "version-10", "version-11"))
	}
	w.releases[i] = today
	w.nodes[i] = &node{w: w, release: today}
	w.nodes[i].open()
}

// upgraded counts what became of an edit that was made by a program of another
// day than the one that carries or takes it.
func (l *laptop) upgraded(r desk.Result) {
	if slices.Contains(l.carried, r.Mid) {
		l.w.count.did("old edits drained after an upgrade")
	}
	if r.Code == desk.CodeVersion {
		l.w.count.did("edits too new for the hub")
	}
}

// shapes: a laptop that cannot keep the records of its hub is sent none (SPEC
// P30).
func (k *link) shapes(m protocol.Message) {
	switch m.(type) {
	case protocol.Rows, protocol.Sub, protocol.Checkpoint:
		if k.sent.schema < k.at.offer().Schema {
			k.of.w.fail("SPEC P30", "%s keeps records of shape %d and gets %s of shape %d", k.of.device, k.sent.schema, m.Type(), k.at.offer().Schema)
		}
	}
}
