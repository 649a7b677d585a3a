package replica

import (
	"slices"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// TestAnOutboxFromABackup (SPEC R3): the disk came back as it was some days ago,
// and the hub has taken in other mutations under the mids that were given since.
// What was written on the old outbox reaches the hub all the same, once and in
// order; what it had sent before is only asked after.
func TestAnOutboxFromABackup(t *testing.T) {
	s := seated(t)
	sent := s.set(map[desk.Field]string{desk.FieldCategory: "Mail"})
	s.must(s.store.MarkSent(t.Context(), sent.Mid))
	note := s.edit(desk.MessageAdd, desk.AddMessage{Message: desk.Message{ID: "m", Kind: desk.InternalNote, Text: "After the backup"}}, nil)
	s.set(map[desk.Field]string{desk.FieldTitle: "Mail is gone"})
	const taken = 2 // by the hub: the category, and something this outbox does not know
	pushes := pushed(s.step(Woken{}, Connected{}, Received{protocol.Welcome{Protocol: protocol.Version, Person: "ana", LastMid: taken}}))
	if len(pushes) != 1 {
		t.Fatalf("%d pushes", len(pushes))
	}
	var mids []int64
	for _, m := range pushes[0].Mutations {
		mids = append(mids, m.Mid)
	}
	if list := pushes[0].Mutations; !slices.Equal(mids, []int64{1, 3, 4}) || list[1].Name != note.Name || string(list[1].Args) != string(note.Args) {
		t.Fatalf("it sends %v, want what was sent once more and the new ones behind what the hub has", mids)
	}
	ack := protocol.Ack{}
	for _, mid := range mids {
		ack.Results = append(ack.Results, desk.Result{Mid: mid, Status: desk.Applied, Vector: map[desk.BucketID]int64{"team:first": 9}})
	}
	s.step(Received{ack})
	pending, err := s.store.Pending(t.Context())
	s.must(err)
	for _, e := range pending {
		if e.State != store.Acked {
			t.Errorf("mutation %d is %s", e.Mutation.Mid, e.State)
		}
	}
	if next := s.edit(desk.TicketLabel, desk.LabelTicket{AddLabels: []string{"more"}}, nil); next.Mid != 5 {
		t.Errorf("the next edit is number %d", next.Mid)
	}
	if got := s.ticket(); got.Title != "Mail is gone" || got.Category != "Mail" || !slices.Contains(got.Labels, "more") {
		t.Errorf("it shows %+v", got)
	}
}
