package replica

import (
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// TestWordsStayUntilTheirTicketGoes: the first mutation takes the ticket to a
// bucket this device is not given, so the vector of the second names none that is
// here; both are shown until the checkpoint comes that the first one names (SPEC
// R10).
func TestWordsStayUntilTheirTicketGoes(t *testing.T) {
	s := seated(t)
	s.set(map[desk.Field]string{desk.FieldTitle: "Mail is slower"})
	s.edit(desk.MessageAdd, desk.AddMessage{Message: desk.Message{ID: "m", Kind: desk.InternalNote, Text: "A note"}}, nil)
	s.online(desk.BucketOrg, "team:first", "user:ana")
	s.step(Received{protocol.Ack{Results: []desk.Result{
		{Mid: 1, Status: desk.Applied, Vector: map[desk.BucketID]int64{"team:first": 6, "team:elsewhere": 1}},
		{Mid: 2, Status: desk.Applied, Vector: map[desk.BucketID]int64{"team:elsewhere": 2}},
	}}})
	s.must(s.store.View(t.Context(), func(tx *store.ReplicaTx) error {
		thread, err := tx.Thread("t")
		if len(thread) != 1 {
			t.Errorf("the note is gone before its ticket: %v", thread)
		}
		return err
	}))
	if n := len(s.outbox()); n != 2 {
		t.Errorf("%d mutations wait for their checkpoint, want 2", n)
	}
	s.step(Received{protocol.Checkpoint{Vector: map[desk.BucketID]int64{desk.BucketOrg: 5, "team:first": 6, "user:ana": 5}, Time: s.now}})
	if list := s.outbox(); len(list) != 0 {
		t.Errorf("after the checkpoint there are still %+v", list)
	}
}

// TestWordsStayWhereSomebodyElseTookTheTicket: another device took the ticket to a
// bucket this one is not given, and the hub sends no records yet. The note stands
// until a checkpoint tells of all buckets, whatever starts and ends before (SPEC
// R10).
func TestWordsStayWhereSomebodyElseTookTheTicket(t *testing.T) {
	s := seated(t)
	s.edit(desk.MessageAdd, desk.AddMessage{Message: desk.Message{ID: "m", Kind: desk.InternalNote, Text: "A note"}}, nil)
	s.online(desk.BucketOrg, "team:first", "user:ana")
	waits := func(want int) {
		t.Helper()
		if n := len(s.outbox()); n != want {
			t.Errorf("%d mutations wait for their checkpoint, want %d", n, want)
		}
	}
	s.step(Received{protocol.Ack{Results: []desk.Result{{Mid: 1, Status: desk.Applied, Vector: map[desk.BucketID]int64{"team:elsewhere": 2}}}}})
	waits(1)
	s.must(s.engine.Recover(t.Context(), s.now))
	waits(1)
	s.step(Received{protocol.Checkpoint{Vector: map[desk.BucketID]int64{desk.BucketOrg: 5, "team:first": 6, "user:ana": 5}, Time: s.now}})
	waits(0)
}
