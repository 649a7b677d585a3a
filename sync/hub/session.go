package hub

import (
	"context"
	"errors"
	"fmt"
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
	cursors  map[desk.BucketID]int64 // sent up to here, for every bucket given
	sent     int64                   // pages sent
	answered int64                   // pages the device has taken in
	owes     bool                    // a checkpoint is due, and rows before it if any
}

// open begins a session; a device has one connection, the newest.
func (e *Engine) open(ev Opened) {
	for _, id := range e.order {
		if s := e.sessions[id]; s.device == ev.Device {
			e.bye(s, protocol.ByeReplaced, "This device has opened another connection.", 0)
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
	if hello, ok := m.(protocol.Hello); ok {
		e.greet(ctx, now, s, hello)
		return nil
	}
	if !s.greeted {
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
		if m.N <= s.sent {
			s.answered = max(s.answered, m.N)
		}
	case protocol.Ping:
		e.do(Send{s.id, protocol.Pong{}})
	}
	return nil
}

// greet answers HELLO (SPEC P4).
func (e *Engine) greet(ctx context.Context, now time.Time, s *session, hello protocol.Hello) {
	if hello.Protocol != protocol.Version {
		e.bye(s, protocol.ByeVersion, fmt.Sprintf("This hub speaks protocol %d; update the older side.", protocol.Version), 0)
		return
	}
	welcome := protocol.Welcome{Protocol: protocol.Version, Epoch: e.epoch, Time: now.UTC()}
	var heads map[desk.BucketID]store.Head
	err := e.store.Update(ctx, func(tx *store.CentralTx) error {
		device, actor, err := principal(tx, s.device)
		if err != nil {
			return err
		}
		buckets, err := given(tx, actor)
		if err != nil {
			return err
		}
		if heads, err = tx.Heads(buckets); err != nil {
			return err
		}
		s.actor, welcome.Person, welcome.LastMid = actor, actor.Person, device.LastMid
		welcome.Leases, err = grant(tx, s.device, hello.Left)
		return err
	})
	if errors.Is(err, errRevoked) {
		e.bye(s, protocol.ByeRevoked, "This device may not synchronise any more; ask your admin.", 0)
		return
	}
	if err != nil {
		e.bye(s, protocol.ByeInternal, "The hub cannot read its database just now.", 5)
		return
	}
	e.resume(s, hello, welcome, heads)
}

// resume gives the session its buckets from where the device stands.
func (e *Engine) resume(s *session, hello protocol.Hello, welcome protocol.Welcome, heads map[desk.BucketID]store.Head) {
	s.cursors, s.greeted, s.owes = map[desk.BucketID]int64{}, true, true
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
			at.Seq = 0
		}
		s.cursors[b] = at.Seq
	}
	for _, b := range sortedKeys(hello.Cursors) {
		if _, ok := heads[b]; !ok {
			e.do(Send{s.id, protocol.Unsub{Bucket: b}})
		}
	}
}
