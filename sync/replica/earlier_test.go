package replica

import (
	"slices"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// TestAnOutboxFromABackup (SPEC R3): the disk came back as it was some days ago. What
// it had not sent then, and the hub was told since, is answered as what it was; where
// the hub has something else under a mid, what was written on the old outbox goes
// behind that, once and in order.
func TestAnOutboxFromABackup(t *testing.T) {
	s := seated(t)
	s.edit(desk.TicketLabel, desk.LabelTicket{AddLabels: []string{"told"}}, nil)
	note := s.edit(desk.MessageAdd, desk.AddMessage{Message: desk.Message{ID: "m", Kind: desk.InternalNote, Text: "After the backup"}}, nil)
	s.set(map[desk.Field]string{desk.FieldTitle: "Mail is gone"})
	const taken = 2 // by the hub: the label, and something this outbox does not know
	pushes := pushed(s.step(Woken{}, Connected{}, Received{protocol.Welcome{Protocol: protocol.Version, Person: "ana", LastMid: taken}}))
	if len(pushes) != 1 || !slices.Equal(midsOf(pushes[0]), []int64{1, 2, 3}) {
		t.Fatalf("it sends %v", pushes)
	}
	pushes = pushed(s.step(Received{protocol.Ack{Results: []desk.Result{applied(1)}}}, Received{protocol.Gap{Want: taken + 1, Other: 2}}))
	if len(pushes) != 1 || !slices.Equal(midsOf(pushes[0]), []int64{3, 4}) {
		t.Fatalf("it sends %v, want what the hub lacks, behind what it has", pushes)
	}
	if first := pushes[0].Mutations[0]; first.Name != note.Name || string(first.Args) != string(note.Args) {
		t.Errorf("first of all it sends %+v", first)
	}
	s.step(Received{protocol.Ack{Results: []desk.Result{applied(3), applied(4)}}})
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
	if got := s.ticket(); got.Title != "Mail is gone" || !slices.Contains(got.Labels, "told") || !slices.Contains(got.Labels, "more") {
		t.Errorf("it shows %+v", got)
	}
}

// TestNothingFollowsWhatIsNotAnswered (SPEC P6, R3): an answer to what was written
// later would be taken for one to what is given its mid by the GAP.
func TestNothingFollowsWhatIsNotAnswered(t *testing.T) {
	s := seated(t)
	for _, label := range []string{"told", "written on the old disk"} {
		s.edit(desk.TicketLabel, desk.LabelTicket{AddLabels: []string{label}}, nil)
	}
	const taken = 2
	if pushes := pushed(s.step(Woken{}, Connected{}, Received{protocol.Welcome{Protocol: protocol.Version, Person: "ana", LastMid: taken}})); len(pushes) != 1 {
		t.Fatalf("it sends %v", pushes)
	}
	later := s.edit(desk.MessageAdd, desk.AddMessage{Message: desk.Message{ID: "m", Kind: desk.InternalNote, Text: "Later"}}, nil)
	if pushes := pushed(s.step(Edited{}, Received{protocol.Ack{Results: []desk.Result{applied(1)}}}, Edited{}, Received{protocol.Ack{}}, Edited{})); len(pushes) > 0 {
		t.Fatalf("before all is answered it sends %v", pushes)
	}
	pushes := pushed(s.step(Received{protocol.Gap{Want: taken + 1, Other: 2}}))
	if len(pushes) != 1 || !slices.Equal(midsOf(pushes[0]), []int64{3, 4}) || pushes[0].Mutations[1].Name != later.Name {
		t.Errorf("then it sends %v", pushes)
	}
}

func midsOf(p protocol.Push) (mids []int64) {
	for _, m := range p.Mutations {
		mids = append(mids, m.Mid)
	}
	return mids
}

func applied(mid int64) desk.Result {
	return desk.Result{Mid: mid, Status: desk.Applied, Vector: map[desk.BucketID]int64{"team:first": 9}}
}
