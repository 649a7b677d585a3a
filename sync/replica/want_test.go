package replica

import (
	"errors"
	"slices"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

const march = desk.BucketID("closed:team:first:2026-03")

// wants lists what each WANT and HELLO of a step named.
func wants(sent []protocol.Message) (list [][]desk.BucketID) {
	for _, m := range sent {
		switch m := m.(type) {
		case protocol.Want:
			list = append(list, m.Buckets)
		case protocol.Hello:
			list = append(list, m.Wanted)
		}
	}
	return list
}

func (s *seat) wanted() (list []desk.BucketID) {
	s.must(s.store.View(s.Context(), func(tx *store.ReplicaTx) (err error) {
		list, err = tx.Wanted()
		return err
	}))
	return list
}

func (s *seat) welcome(caps ...protocol.Cap) []protocol.Message {
	return s.step(Received{protocol.Welcome{Protocol: protocol.Version, Person: "ana", Caps: caps, Buckets: map[desk.BucketID]protocol.Cursor{desk.BucketOrg: {Epoch: 1, Seq: 5}}}})
}

// TestAnArchiveIsAskedForAndDropped: it is named at once and at every HELLO, its
// rows come like those of any bucket, and what is dropped is erased when the hub
// takes it (SPEC P28).
func TestAnArchiveIsAskedForAndDropped(t *testing.T) {
	s := seated(t)
	s.step(Woken{}, Connected{})
	s.must(s.engine.Want(t.Context(), march, true)) // after HELLO, before WELCOME
	if named := wants(s.step(Wanting{})); len(named) != 0 {
		t.Errorf("named before WELCOME: %v", named)
	}
	if named := wants(s.welcome(protocol.CapArchive)); len(named) != 1 || !slices.Equal(named[0], []desk.BucketID{march}) {
		t.Errorf("named %v", named)
	}
	old := desk.Ticket{ID: "old", Number: "INC0000002", Kind: desk.Incident, Title: "Old", Team: "first", State: desk.StateClosed, Archived: "2026-03", Rev: 3}
	record, err := desk.Encode(old)
	s.must(err)
	s.step(Received{protocol.Sub{Bucket: march, Epoch: 1}},
		Received{protocol.Rows{N: 1, Bucket: march, Epoch: 1, To: 1, Rows: []protocol.Row{{Seq: 1, Record: record}}}},
		Received{protocol.Checkpoint{Vector: map[desk.BucketID]int64{desk.BucketOrg: 5, "team:first": 5, "user:ana": 5, march: 1}, Time: s.now}})
	if got, err := s.find("old"); err != nil || got.Title != "Old" {
		t.Errorf("%+v, %v", got, err)
	}
	s.step(Lost{})
	if named := wants(s.step(Woken{}, Connected{})); len(named) != 1 || !slices.Equal(named[0], []desk.BucketID{march}) {
		t.Errorf("HELLO names %v", named)
	}
	s.welcome(protocol.CapArchive)
	s.must(s.engine.Want(t.Context(), march, false))
	if named := wants(s.step(Wanting{})); len(named) != 1 || len(named[0]) != 0 {
		t.Errorf("named %v", named)
	}
	s.step(Received{protocol.Unsub{Bucket: march}})
	if _, err := s.find("old"); !errors.Is(err, desk.ErrUnknown) {
		t.Errorf("it is still here: %v", err)
	}
}

// TestTheHubHasTheLastWord: what it refuses is wanted no more, and what it gives
// is, whatever crossed on the way.
func TestTheHubHasTheLastWord(t *testing.T) {
	s := seated(t)
	s.must(s.engine.Want(t.Context(), march, true))
	s.step(Woken{}, Connected{})
	s.welcome(protocol.CapArchive)
	s.step(Received{protocol.Unsub{Bucket: march}})
	if list := s.wanted(); len(list) != 0 {
		t.Errorf("after a refusal %v is wanted", list)
	}
	s.step(Received{protocol.Sub{Bucket: march, Epoch: 1}})
	if list := s.wanted(); !slices.Equal(list, []desk.BucketID{march}) {
		t.Errorf("after a gift %v is wanted", list)
	}
}

// TestAWishThatCannotBe: a hub without archives is told of none, what is no
// archive is none, and there are bounds.
func TestAWishThatCannotBe(t *testing.T) {
	s := seated(t)
	s.must(s.engine.Want(t.Context(), march, true))
	s.step(Woken{}, Connected{})
	if named := wants(append(s.welcome(protocol.CapPresence), s.step(Wanting{})...)); len(named) != 0 {
		t.Errorf("an old hub is told of %v", named)
	}
	if err := s.engine.Want(t.Context(), "team:first", true); desk.CodeOf(err) != desk.CodeValidation {
		t.Errorf("a queue is wanted: %v", err)
	}
	for n := range protocol.WantMost - 1 {
		s.must(s.engine.Want(t.Context(), desk.ArchiveBucket("team:first", desk.MonthOf(s.now.AddDate(0, 1+n, 0))), true))
	}
	if err := s.engine.Want(t.Context(), "closed:triage:2026-03", true); desk.CodeOf(err) != desk.CodeQuota {
		t.Errorf("one too many: %v", err)
	}
	s.must(s.engine.Want(t.Context(), march, true))
	s.must(s.engine.Want(t.Context(), march, false))
	s.must(s.engine.Want(t.Context(), "closed:triage:2026-03", true))
}

// TestAPinNeedNoTicketHere: it is saved and sent, and shows where the ticket is
// here (SPEC P29).
func TestAPinNeedNoTicketHere(t *testing.T) {
	s := seated(t)
	m, err := desk.NewMutation(desk.TicketPin, "elsewhere", desk.PinTicket{Keep: true}, s.now)
	s.must(err)
	if saved, err := s.engine.Edit(t.Context(), s.now, m); err != nil || len(saved) != 1 {
		t.Fatalf("%v, %v", saved, err)
	}
	s.edit(desk.TicketPin, desk.PinTicket{Keep: true}, nil)
	if got := s.ticket(); !slices.Equal(got.Pinned, []desk.PersonID{"ana"}) {
		t.Errorf("pinned by %v", got.Pinned)
	}
	if list := s.outbox(); len(list) != 2 {
		t.Errorf("outbox %+v", list)
	}
}
