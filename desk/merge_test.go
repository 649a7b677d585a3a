package desk

import "testing"

func TestMerge(t *testing.T) {
	cases := []struct {
		base, cur, want string
		verdict         Verdict
	}{
		{"a", "a", "b", Take},  // its author saw what stands
		{"a", "b", "b", Same},  // both want the same
		{"a", "a", "a", Same},  // nothing wished
		{"a", "b", "c", Clash}, // three values
		{"a", "b", "a", Clash}, // back to a base that was left
		{"", "", "b", Take},
		{"", "a", "b", Clash},
		{"a", "", "b", Clash},
		{"a", "a", "", Take},
		{"a", "b", "", Clash},
		{"a", "", "", Same},
	}
	for _, c := range cases {
		if got := Merge(c.base, c.cur, c.want); got != c.verdict {
			t.Errorf("Merge(%q, %q, %q) = %d, want %d", c.base, c.cur, c.want, got, c.verdict)
		}
	}
}

// TestMergeMove walks every state that stands, was seen and is wished for.
func TestMergeMove(t *testing.T) {
	moves := Ticket{}.Moves()
	for _, cur := range States() {
		for _, from := range States() {
			for _, to := range States() {
				v, merged := MergeMove(moves, cur, MoveTicket{From: from, To: to})
				want, wantMerged := Clash, false
				switch {
				case from == cur:
					want = Take // whether the table allows it is asked next
				case cur == to:
					want = Same
				case moves.Allowed(cur, to):
					want, wantMerged = Take, true
				}
				if v != want || merged != wantMerged {
					t.Errorf("%s stands, %s seen, %s wished: %d %v, want %d %v", cur, from, to, v, merged, want, wantMerged)
				}
			}
		}
	}
}

func TestAMoveFromAnotherStateMergesOrWaits(t *testing.T) {
	w := newWorld(t)
	w.in("t", StateInProgress)
	if e := w.do(w.as("ana"), TicketMove, "t", moveTo(StateNew, StateOnHold)); e.Status != Merged || w.ticket("t").State != StateOnHold {
		t.Errorf("%s, state %s; want merged and On Hold", e.Status, w.ticket("t").State)
	}
	if !w.told("t", Event{Kind: EventMerged, Field: FieldState, Old: "in_progress", New: "on_hold"}) {
		t.Error("history does not tell the merge")
	}
	w.in("u", StateClosed)
	e := w.do(w.as("ana"), TicketMove, "u", moveTo(StateInProgress, StateOnHold))
	c := w.only("u")
	if e.Status != Disputed || w.ticket("u").State != StateClosed || c.Field != FieldState || c.Move == nil || c.Move.HoldReason != HoldRequester {
		t.Errorf("%s, state %s, conflict %+v", e.Status, w.ticket("u").State, c)
	}
}
