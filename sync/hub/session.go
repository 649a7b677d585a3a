package hub

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// session is what the hub knows of a connection. Nothing in it outlives the
// connection: a device resumes from its own cursors.
type session struct {
	id       SessionID
	device   desk.DeviceID
	actor    desk.Principal
	greeted  bool
	terms    protocol.Terms
	wanted   int64 // mid after the last one it had to say at HELLO
	turn     turn
	talk     int64                   // which of the device's conversations this is
	told     bool                    // who is at which ticket
	acked    int64                   // newest mid that was acknowledged to the device before
	cursors  map[desk.BucketID]int64 // sent up to here, for every bucket given
	floors   map[desk.BucketID]int64 // of those that are being filled: sent down to here
	credit   credit                  // pages the device has yet to take in
	wishes   wishes                  // what it wants mended
	archives []desk.BucketID         // that it wants
	owes     bool                    // a checkpoint is due, and rows before it if any
	news     bool                    // of buckets that are filled something was sent since the last one
	moved    []desk.BucketID         // which ones, sorted
	all      bool                    // the next checkpoint names all that are filled
}

// open begins a session; a device has one connection, the newest.
func (e *Engine) open(ev Opened) {
	for _, id := range e.order {
		if s := e.sessions[id]; s.device == ev.Device {
			e.replace(s)
			break
		}
	}
	e.sessions[ev.Session] = &session{id: ev.Session, device: ev.Device}
	e.order = append(e.order, ev.Session)
}

// bye ends a session with a reason (SPEC P14).
func (e *Engine) bye(s *session, code protocol.ByeCode, sentence string, retryAfter int) {
	e.do(Send{s.id, protocol.Bye{Code: code, Message: sentence, RetryAfter: retryAfter}})
	e.do(Hangup{s.id})
	e.forget(s.id)
}

func (e *Engine) receive(ctx context.Context, now time.Time, s *session, m protocol.Message) *submission {
	hello, opens := m.(protocol.Hello)
	switch {
	case opens && s.greeted:
		e.bye(s, protocol.ByeHello, "The conversation has begun; HELLO is said once.", 0)
		return nil
	case opens:
		e.greet(ctx, now, s, hello)
		return nil
	case !s.greeted:
		e.bye(s, protocol.ByeHello, "The conversation must begin with HELLO.", 0)
		return nil
	}
	switch m := m.(type) {
	case protocol.Push:
		if len(m.Mutations) > protocol.PushMutations {
			e.bye(s, protocol.ByeFrame, fmt.Sprintf("A PUSH carries at most %d mutations.", protocol.PushMutations), 0)
			return nil
		}
		return &submission{session: s, mutations: m.Mutations, left: m.Left}
	case protocol.Applied:
		s.turn.answered = true
		s.credit.answer(m.N)
	case protocol.Digest:
		e.digest(s, m)
	case protocol.Fetch:
		e.fetch(s, m)
	case protocol.Want:
		e.want(ctx, s, m)
	case protocol.Presence:
		e.present(now, s, m)
	case protocol.Ping:
		e.do(Send{s.id, protocol.Pong{}})
	}
	return nil
}

// greet answers HELLO (SPEC P4).
func (e *Engine) greet(ctx context.Context, now time.Time, s *session, hello protocol.Hello) {
	terms, ok := e.offer.Meet(hello)
	if !ok {
		e.bye(s, protocol.ByeVersion, fmt.Sprintf("This hub speaks protocol %d and none that this program knows; ask your admin to update the hub.", e.offer.Newest), 60)
		return
	}
	s.terms, s.wanted, s.archives = terms, hello.NextMid, archives(terms, hello.Wanted)
	welcome := protocol.Welcome{Protocol: terms.Version, Caps: terms.Caps, PushOnly: terms.PushOnly, Time: now.UTC()}
	var heads map[desk.BucketID]store.Head
	err := e.store.Update(ctx, func(tx *store.CentralTx) (err error) {
		heads, err = e.recognise(tx, s, hello, &welcome)
		return err
	})
	if errors.Is(err, errRevoked) {
		e.bye(s, protocol.ByeRevoked, "This device may not synchronise any more; ask your admin.", 0)
		return
	}
	if err != nil {
		e.do(Failed{fmt.Errorf("greet %s: %w", s.device, err)})
		e.bye(s, protocol.ByeInternal, "The hub cannot read its database just now.", 5)
		return
	}
	if welcome.Epoch != e.epoch {
		e.begin(welcome.Epoch, s)
	}
	s.acked = hello.Acked
	if terms.PushOnly {
		s.greeted = true
		e.do(Send{s.id, welcome})
		e.drained(s, welcome.LastMid)
		return
	}
	s.wishes = wishes{digests: map[desk.BucketID]protocol.Digest{}, keys: map[desk.BucketID][]desk.Key{}}
	e.resume(s, hello, welcome, heads)
}

// stand sets where a device stands in a bucket. One that has nothing of it yet is
// filled from the head back.
func (s *session) stand(b desk.BucketID, at protocol.Cursor, head store.Head) {
	if at.Seq == 0 && head.Seq > 0 {
		at.Seq, at.Floor = head.Seq, head.Seq+1
	}
	s.cursors[b] = at.Seq
	if delete(s.floors, b); at.Floor > 0 {
		s.floors[b] = at.Floor
	}
}

// recognise takes the device's turn, tells who it acts for and what it is given,
// and finds out whether it knows more than a hub that was restored.
func (e *Engine) recognise(tx *store.CentralTx, s *session, hello protocol.Hello, welcome *protocol.Welcome) (map[desk.BucketID]store.Head, error) {
	device, actor, err := principal(tx, s.device)
	if err != nil {
		return nil, err
	}
	buckets, err := given(tx, actor, s.archives)
	if err != nil {
		return nil, err
	}
	heads, err := tx.Heads(kept(s.terms, buckets))
	if err != nil {
		return nil, err
	}
	s.actor, welcome.Person, welcome.LastMid = actor, actor.Person, device.LastMid
	if welcome.Epoch, err = tx.Epoch(); err != nil {
		return nil, err
	}
	if s.talk, err = tx.TakeTurn(s.device); err != nil {
		return nil, err
	}
	if e.restored(welcome.Epoch, hello, device, heads) {
		if welcome.Epoch, err = renew(tx); err != nil {
			return nil, err
		}
	}
	if hello.Epoch != "" && hello.Epoch != welcome.Epoch {
		if err := adopt(tx, s.device, hello.Leases); err != nil {
			return nil, err
		}
	}
	cursors := hello.Cursors
	if hello.Epoch != welcome.Epoch {
		cursors = nil // they count another life of the hub
	}
	if err := hold(tx, s.device, cursors, heads); err != nil {
		return nil, err
	}
	welcome.Leases, err = grant(tx, s.device, hello.Left)
	return heads, err
}

// drained ends the conversation with a device that is too old to be sent
// records, once everything it had to say is taken (SPEC P30).
func (e *Engine) drained(s *session, last int64) {
	if s.terms.PushOnly && last+1 >= s.wanted {
		e.bye(s, protocol.ByeUpgrade, "This program is too old for this hub. What you wrote has reached the hub; install the newest version to receive again.", 300)
	}
}

// resume gives the session its buckets from where the device stands.
func (e *Engine) resume(s *session, hello protocol.Hello, welcome protocol.Welcome, heads map[desk.BucketID]store.Head) {
	var ok bool
	if welcome.Wait, ok = e.admit(s, e.behind(hello, heads)); !ok {
		e.bye(s, protocol.ByeBusy, "Many devices are being filled just now; this one is served in a moment.", busyAgain)
		return
	}
	s.cursors, s.floors, s.greeted, s.owes, s.all = map[desk.BucketID]int64{}, map[desk.BucketID]int64{}, true, true, true
	welcome.Buckets = make(map[desk.BucketID]protocol.Cursor, len(heads))
	for _, b := range sortedKeys(heads) {
		welcome.Buckets[b] = protocol.Cursor{Epoch: heads[b].Epoch, Seq: heads[b].Seq}
	}
	e.do(Send{s.id, welcome})
	for _, b := range sortedKeys(heads) {
		head, at := heads[b], hello.Cursors[b]
		_, known := hello.Cursors[b]
		if known && (at.Epoch != head.Epoch || at.Seq > head.Seq || hello.Epoch != e.epoch) {
			e.do(Send{s.id, protocol.Reset{Bucket: b, Epoch: head.Epoch, Reason: "the hub's records were restored or renewed"}})
			at = protocol.Cursor{}
		}
		s.stand(b, at, head)
	}
	e.withhold(s, slices.Concat(sortedKeys(hello.Cursors), hello.Wanted))
}
