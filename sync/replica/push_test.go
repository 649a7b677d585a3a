package replica

import (
	"fmt"
	"testing"

	"holdall/desk"
	"holdall/sync/protocol"
)

// TestOnePushIsUnderWay: 1 to 200 mutations in the order of their mids, and
// nothing more until the hub has answered (SPEC P6).
func TestOnePushIsUnderWay(t *testing.T) {
	s := seated(t)
	const edits = protocol.PushMutations + 30
	for i := range edits {
		s.edit(desk.TicketLabel, desk.LabelTicket{AddLabels: []string{fmt.Sprint("label-", i)}}, nil)
	}
	first := pushed(s.online(desk.BucketOrg, "team:first", "user:ana"))
	if len(first) != 1 || len(first[0].Mutations) != protocol.PushMutations {
		t.Fatalf("%d pushes", len(first))
	}
	s.edit(desk.TicketLabel, desk.LabelTicket{AddLabels: []string{"more"}}, nil)
	if more := pushed(s.step(Edited{}, Ticked{})); len(more) != 0 {
		t.Errorf("%d pushes before the answer", len(more))
	}
	ack := protocol.Ack{}
	for i, m := range first[0].Mutations {
		if m.Mid != int64(i)+1 {
			t.Errorf("mid %d at place %d", m.Mid, i)
		}
		ack.Results = append(ack.Results, desk.Result{Mid: m.Mid, Status: desk.Applied, Vector: map[desk.BucketID]int64{"team:first": 9}})
	}
	rest := pushed(s.step(Received{ack}))
	if len(rest) != 1 || len(rest[0].Mutations) != edits+1-protocol.PushMutations || rest[0].Mutations[0].Mid != protocol.PushMutations+1 {
		t.Errorf("then came %d pushes", len(rest))
	}
}

func pushed(sent []protocol.Message) (list []protocol.Push) {
	for _, m := range sent {
		if p, ok := m.(protocol.Push); ok {
			list = append(list, p)
		}
	}
	return list
}
