package hub_test

import (
	"slices"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// TestAMidThatIsGivenTwiceIsTold (SPEC R3): what the hub has is answered as it was,
// however often it comes; something else under its mid is answered by nothing but where
// to go on, and nothing behind it is executed, for the device did that later.
func TestAMidThatIsGivenTwiceIsTold(t *testing.T) {
	h := build(t).run()
	h.Stop()
	requester := func(mid int64, id desk.RequesterID) desk.Mutation {
		m, err := desk.NewMutation(desk.RequesterPut, "", desk.Requester{ID: id, Name: "Annika " + string(id)}, day)
		if err != nil {
			t.Fatal(err)
		}
		m.Mid = mid
		return m
	}
	first, second, other, third := requester(1, "a"), requester(2, "b"), requester(2, "c"), requester(3, "d")
	keeping := desk.Mutation{Mid: 2, Name: desk.Lost, Version: 1, Args: []byte("{}")}
	said := func(d *desktop, list ...desk.Mutation) (mids []int64, gap protocol.Gap) {
		t.Helper()
		for _, effect := range d.engine.Step(t.Context(), day, d.says(protocol.Push{Mutations: list})) {
			sent, _ := effect.(hub.Send)
			switch m := sent.Message.(type) {
			case protocol.Ack:
				for _, r := range m.Results {
					mids = append(mids, r.Mid)
				}
			case protocol.Gap:
				gap = m
			}
		}
		return mids, gap
	}
	d := h.greeted()
	if mids, gap := said(d, first, second); !slices.Equal(mids, []int64{1, 2}) || gap.Want != 0 {
		t.Fatalf("answered %v, %+v", mids, gap)
	}
	if mids, gap := said(d, first, other, third); !slices.Equal(mids, []int64{1}) || gap != (protocol.Gap{Want: 3, Other: 2}) {
		t.Errorf("answered %v, %+v", mids, gap)
	}
	if mids, gap := said(d, first, keeping); !slices.Equal(mids, []int64{1, 2}) || gap.Want != 0 {
		t.Errorf("what keeps a place is answered %v, %+v", mids, gap)
	}
	other.Mid, third.Mid = 3, 4
	if mids, gap := said(d, second, other, third); !slices.Equal(mids, []int64{2, 3, 4}) || gap.Want != 0 {
		t.Errorf("answered %v, %+v", mids, gap)
	}
	must(t, h.Central.View(t.Context(), func(tx *store.CentralTx) error {
		for _, id := range []desk.RequesterID{"a", "b", "c", "d"} {
			if r, err := desk.Read[desk.Requester](tx, desk.Requester{ID: id}.Key()); err != nil || r.Rev != 1 {
				t.Errorf("%s: %+v, %v", id, r, err)
			}
		}
		return nil
	}))
}
