package replica

import (
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// hello ends the connection and begins another one, and returns what it says.
func (s *seat) hello() protocol.Hello {
	s.Helper()
	for _, m := range s.step(Lost{}, Woken{}, Connected{}) {
		if h, is := m.(protocol.Hello); is {
			return h
		}
	}
	s.Fatal("no HELLO")
	return protocol.Hello{}
}

func (s *seat) welcomeTo(epoch string) {
	s.Helper()
	buckets := map[desk.BucketID]protocol.Cursor{}
	for _, b := range []desk.BucketID{desk.BucketOrg, "team:first", "user:ana"} {
		buckets[b] = protocol.Cursor{Epoch: 1, Seq: 9}
	}
	s.step(Received{protocol.Welcome{Protocol: protocol.Version, Person: "ana", Epoch: epoch, Buckets: buckets}})
}

// TestAConnectionMayEndAmongResets: a bucket whose RESET did not come is not taken
// for one of the restored hub, whose counter may have passed the cursor (SPEC
// P12, P17).
func TestAConnectionMayEndAmongResets(t *testing.T) {
	s := seated(t)
	who, err := s.store.Identity(t.Context())
	s.must(err)
	who.Epoch = "first life"
	s.must(s.store.SetIdentity(t.Context(), who))
	if h := s.hello(); h.Epoch != "first life" || h.Cursors["team:first"] != (protocol.Cursor{Epoch: 1, Seq: 5}) {
		t.Fatalf("%+v", h)
	}
	s.welcomeTo("second life")
	s.step(Received{protocol.Reset{Bucket: desk.BucketOrg, Epoch: 1}})
	s.step(Received{protocol.Rows{N: 1, Bucket: desk.BucketOrg, Epoch: 1, To: 9}})
	h := s.hello()
	if h.Epoch != "second life" || h.Cursors[desk.BucketOrg] != (protocol.Cursor{Epoch: 1, Seq: 9}) {
		t.Errorf("what was reset is told as %+v of %q", h.Cursors[desk.BucketOrg], h.Epoch)
	}
	for _, b := range []desk.BucketID{"team:first", "user:ana"} {
		if h.Cursors[b].Epoch == 1 {
			t.Errorf("%s is told as %+v of %q", b, h.Cursors[b], h.Epoch)
		}
	}
}

// TestTheOutboxMayKnowMoreThanTheReplica: after a power cut that took the new
// epoch from the replica alone, its cursors are those of the old one.
func TestTheOutboxMayKnowMoreThanTheReplica(t *testing.T) {
	s := seated(t)
	s.hello()
	s.welcomeTo("first life")
	who, err := s.store.Identity(t.Context())
	s.must(err)
	who.Epoch = "second life"
	s.must(s.store.SetIdentity(t.Context(), who))
	if h := s.hello(); h.Epoch != "first life" {
		t.Errorf("cursors of the first life are told as of %q", h.Epoch)
	}
	if err := s.store.View(t.Context(), func(tx *store.ReplicaTx) error {
		_, err := tx.Get(desk.Ticket{ID: "t"}.Key())
		return err
	}); err != nil {
		t.Errorf("the ticket is gone: %v", err)
	}
}

// TestAnAnswerOfAnotherLife is asked for once more: what the restored hub has
// executed may stand at lower sequences than its former life promised, and would
// stay pending for ever (SPEC R10).
func TestAnAnswerOfAnotherLife(t *testing.T) {
	s := seated(t)
	s.hello()
	s.welcomeTo("first life")
	s.edit(desk.TicketLabel, desk.LabelTicket{AddLabels: []string{"vip"}}, nil)
	s.step(Received{protocol.Ack{Results: []desk.Result{{Mid: 1, Status: desk.Applied, Vector: map[desk.BucketID]int64{"team:first": 99}}}}})
	if n, err := s.store.Unsent(t.Context()); err != nil || n != 0 {
		t.Fatalf("%d are unsent after the answer: %v", n, err)
	}
	s.hello()
	pushed := false
	for _, m := range s.step(Received{protocol.Welcome{Protocol: protocol.Version, Person: "ana", Epoch: "second life", LastMid: 1}}) {
		if p, is := m.(protocol.Push); is {
			pushed = len(p.Mutations) == 1 && p.Mutations[0].Mid == 1
		}
	}
	if n, err := s.store.Unsent(t.Context()); err != nil || n != 1 || !pushed {
		t.Errorf("pushed again: %v, %d unsent, %v", pushed, n, err)
	}
}

// TestARestoredHubIsToldOfOnce: only where the device had met the hub before, and
// until its person has put the notice aside (SPEC P17).
func TestARestoredHubIsToldOfOnce(t *testing.T) {
	s := seated(t)
	told := func() (at string) {
		t.Helper()
		s.must(s.store.View(t.Context(), func(tx *store.ReplicaTx) (err error) {
			at, err = tx.Meta(MetaRestored)
			return err
		}))
		return at
	}
	for _, epoch := range []string{"first life", "first life"} {
		s.hello()
		if s.welcomeTo(epoch); told() != "" {
			t.Fatalf("a hub that was met for the first time, or again, was restored at %q", told())
		}
	}
	s.hello()
	if s.welcomeTo("second life"); told() == "" {
		t.Error("another life of the hub is not told of")
	}
	s.must(s.store.Update(t.Context(), func(tx *store.ReplicaTx) error { return tx.SetMeta(MetaRestored, "") }))
	s.hello()
	if s.welcomeTo("second life"); told() != "" {
		t.Error("it is told of once more")
	}
}
