package simulation

import (
	"slices"

	"holdall/sync/hub"
	"holdall/sync/protocol"
	"holdall/sync/replica"
)

// linkDepth is how many frames wait for a device before the hub's server gives
// the connection up; the real one has a deeper queue and longer days.
const linkDepth = 24

// link is a connection: an end at a laptop, an end at a node of the hub. Either
// end may be gone without the other knowing.
type link struct {
	id       hub.SessionID
	of       *laptop
	at       *node
	up, down [][]byte // frames on their way; nil in down: the hub hung up
	gone     bool     // at the hub's end: what is sent goes nowhere
	noUp     bool     // frames up are held
	noDown   bool     // frames down are held
	sent     sent
}

// linkOf is the connection of a session; nil where the hub's end is gone.
func (w *world) linkOf(s hub.SessionID) *link {
	i := slices.IndexFunc(w.links, func(k *link) bool { return k.id == s })
	if i < 0 {
		return nil
	}
	return w.links[i]
}

// present reports whether the laptop still uses the connection.
func (k *link) present() bool { return k.of.link == k }

func (k *link) sendDown(m protocol.Message) {
	k.observe(m)
	if !k.present() {
		return
	}
	frame, err := protocol.Encode(m)
	k.of.w.check(err)
	k.down = append(k.down, frame)
	if len(k.down) > linkDepth {
		k.of.w.count.did("slow readers")
		k.of.w.note("too slow %s", k.of.device)
		k.cutByHub()
	}
}

// hangUp ends the connection after what was sent on it.
func (k *link) hangUp() {
	k.of.w.unlink(k)
	k.down = append(k.down, nil)
}

// cutByHub ends the connection at once; the engine is told, as by a server that
// reads no more.
func (k *link) cutByHub() {
	w := k.of.w
	w.unlink(k)
	k.down = [][]byte{nil}
	w.closing = append(w.closing, k)
}

// unlink takes the hub's end away.
func (w *world) unlink(k *link) {
	k.gone, k.up = true, nil
	w.links = slices.DeleteFunc(w.links, func(o *link) bool { return o == k })
}

// closed tells the nodes of connections that ended outside of a step.
func (w *world) closed() {
	for len(w.closing) > 0 {
		k := w.closing[0]
		w.closing = w.closing[1:]
		k.at.step(hub.Closed{Session: k.id})
	}
}

// breakLinks ends every connection because the hub is gone. Some laptops are not
// told and find out.
func (w *world) breakLinks() {
	w.closing = nil
	links := w.links
	w.links = nil
	for _, k := range links {
		k.gone, k.up = true, nil
		if !k.present() {
			continue
		}
		if w.rand.IntN(4) == 0 && !w.healing {
			w.count.did("half-open connections")
			k.down = nil
			continue
		}
		k.of.lose("the hub is down")
	}
}

// cut breaks the connection: what is on its way is lost, on both sides.
func (l *laptop) cut(reason string) {
	if k := l.link; k != nil && !k.gone {
		l.w.unlink(k)
		l.w.closing = append(l.w.closing, k)
	}
	l.lose(reason)
}

// lose lets the laptop know that its connection is gone.
func (l *laptop) lose(reason string) {
	if l.link == nil {
		return
	}
	l.link = nil
	l.step(replica.Lost{Reason: reason})
}

// leave lets the laptop go while the hub believes it is there; what it has sent
// arrives later, perhaps after what it sends on its next connection.
func (l *laptop) leave() {
	k := l.link
	if k == nil || k.gone {
		return
	}
	l.w.count.did("half-open connections")
	l.w.note("leave %s", l.device)
	k.down = nil
	l.lose("gone without a word")
}

// straggle lets frames of a connection that its laptop has left arrive, or ends
// it.
func (w *world) straggle() {
	i := slices.IndexFunc(w.links, func(k *link) bool { return !k.present() })
	if i < 0 {
		return
	}
	k := w.links[i]
	if len(k.up) == 0 {
		w.unlink(k)
		k.at.step(hub.Closed{Session: k.id})
		return
	}
	w.count.did("late frames of an older connection")
	k.deliverUp(len(k.up))
}

// deliverUp hands frames to the hub together, as a group commit would.
func (k *link) deliverUp(n int) {
	var events []hub.Event
	for range min(n, len(k.up)) {
		m, err := protocol.Decode(k.up[0])
		k.of.w.check(err)
		k.up = k.up[1:]
		k.of.w.note("%s>%s", k.of.device, m.Type())
		k.overhear(m)
		events = append(events, hub.Received{Session: k.id, Message: k.at.understood(m)})
	}
	k.at.step(events...)
}

// deliverDown hands one frame to the laptop. A connection may end where a laptop
// has heard of another life of the hub and has yet to empty its buckets (SPEC P12).
func (k *link) deliverDown() {
	l, frame := k.of, k.down[0]
	k.down = k.down[1:]
	if frame == nil {
		l.lose("the hub hung up")
		return
	}
	m, err := protocol.Decode(frame)
	l.w.check(err)
	l.w.count.did("delivered frames")
	l.w.note("%s<%s", l.device, m.Type())
	if _, reset := m.(protocol.Reset); reset && !l.w.healing && l.w.rand.IntN(3) == 0 {
		l.w.count.did("connections cut among RESETs")
		l.cut("among the RESETs")
		return
	}
	l.receive(m)
}
