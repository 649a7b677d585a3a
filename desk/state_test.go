package desk

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// allowed is the table of moves written down a second time, as ITIL practice
// draws it.
const allowed = `new>in_progress new>on_hold new>resolved new>cancelled
in_progress>on_hold in_progress>resolved in_progress>cancelled
on_hold>in_progress on_hold>resolved on_hold>cancelled
resolved>in_progress resolved>closed closed>in_progress`

func TestEveryPairOfStatesForBothKinds(t *testing.T) {
	for _, kind := range []TicketKind{Incident, Request} {
		for _, from := range States() {
			for _, to := range States() {
				t.Run(fmt.Sprintf("%s %s to %s", kind, from, to), func(t *testing.T) {
					w := newWorld(t)
					w.in("t", from)
					w.edit(hub, "t", FieldKind, string(Incident), string(kind))
					effects, err := w.try(w.as("ana"), TicketMove, "t", moveTo(from, to))
					if !slices.Contains(strings.Fields(allowed), string(from)+">"+string(to)) {
						refused(t, effects, err, CodeWorkflow, "cannot go from "+from.String()+" to "+to.String())
						if got := w.ticket("t").State; got != from {
							t.Errorf("state %s after a refusal, want %s", got, from)
						}
						return
					}
					if err != nil || w.ticket("t").State != to || effects.Status != Applied {
						t.Errorf("state %s, status %s, error %v", w.ticket("t").State, effects.Status, err)
					}
					if !w.told("t", Event{Kind: EventMoved, Field: FieldState, Old: string(from), New: string(to)}) {
						t.Errorf("history does not tell the move: %+v", w.history("t"))
					}
				})
			}
		}
	}
}

func TestARefusedMoveNamesTheWayOut(t *testing.T) {
	w := newWorld(t)
	w.in("t", StateResolved)
	_, err := w.try(w.as("ana"), TicketMove, "t", MoveTicket{From: StateResolved, To: StateCancelled})
	refused(t, Effects{}, err, CodeWorkflow, "it may go to In Progress, Closed.")
	w.in("u", StateCancelled)
	_, err = w.try(w.as("ana"), TicketMove, "u", MoveTicket{From: StateCancelled, To: StateInProgress})
	refused(t, Effects{}, err, CodeWorkflow, "it may go to no other state.")
}

func TestAMoveAsksForWhatItsTargetNeeds(t *testing.T) {
	cases := []struct {
		move  MoveTicket
		field Field
		part  string
	}{
		{MoveTicket{To: StateOnHold}, "hold_reason", "needs a reason"},
		{MoveTicket{To: StateOnHold, HoldReason: "lunch"}, "hold_reason", "needs a reason"},
		{MoveTicket{To: StateResolved, ResolutionNotes: "Done."}, "resolution_code", "needs a resolution code"},
		{MoveTicket{To: StateResolved, ResolutionCode: "magic", ResolutionNotes: "Done."}, "resolution_code", "needs a resolution code"},
		{MoveTicket{To: StateResolved, ResolutionCode: ResolvedSolved, ResolutionNotes: " \n"}, FieldResolutionNotes, "needs resolution notes"},
	}
	for _, c := range cases {
		w := newWorld(t)
		w.open("t")
		c.move.From = StateNew
		effects, err := w.try(w.as("ana"), TicketMove, "t", c.move)
		refused(t, effects, err, CodeValidation, c.part)
		if refusal, ok := err.(*Error); ok && refusal.Field != c.field {
			t.Errorf("field %s, want %s", refusal.Field, c.field)
		}
	}
	for _, reason := range HoldReasons() {
		w := newWorld(t)
		w.open("t")
		w.do(w.as("ana"), TicketMove, "t", MoveTicket{From: StateNew, To: StateOnHold, HoldReason: reason})
		if got := w.ticket("t").HoldReason; got != reason {
			t.Errorf("hold reason %s, want %s", got, reason)
		}
		w.do(w.as("ana"), TicketMove, "t", moveTo(StateOnHold, StateInProgress))
		if got := w.ticket("t").HoldReason; got != "" {
			t.Errorf("hold reason %s stays after the hold", got)
		}
	}
}

func TestResolvingAndReopeningIsCounted(t *testing.T) {
	w := newWorld(t)
	w.in("t", StateInProgress)
	for n := 1; n <= 2; n++ {
		w.do(w.as("ana"), TicketMove, "t", moveTo(StateInProgress, StateResolved))
		if at := w.ticket("t").ResolvedAt; at == nil || !at.Equal(w.now) {
			t.Errorf("resolved at %v, want %v", at, w.now)
		}
		w.do(w.as("ben"), TicketMove, "t", moveTo(StateResolved, StateInProgress))
		if got := w.ticket("t"); got.Reopened != n || got.ResolvedAt != nil {
			t.Errorf("reopened %d, want %d; resolved at %v", got.Reopened, n, got.ResolvedAt)
		}
	}
	w.do(w.as("ana"), TicketMove, "t", moveTo(StateInProgress, StateOnHold))
	w.do(w.as("ana"), TicketMove, "t", moveTo(StateOnHold, StateInProgress))
	if got := w.ticket("t").Reopened; got != 2 {
		t.Errorf("resuming counted as reopening: %d", got)
	}
}

func TestASecondResolutionKeepsTheFirstInHistory(t *testing.T) {
	w := newWorld(t)
	w.in("t", StateResolved)
	w.do(w.as("ana"), TicketMove, "t", moveTo(StateResolved, StateInProgress))
	w.do(w.as("ana"), TicketMove, "t", MoveTicket{From: StateInProgress, To: StateResolved, ResolutionCode: ResolvedWorkaround, ResolutionNotes: "Replaced."})
	if got := w.ticket("t"); got.ResolutionNotes != "Replaced." || got.ResolutionCode != ResolvedWorkaround {
		t.Errorf("resolution %s %q", got.ResolutionCode, got.ResolutionNotes)
	}
	if !w.told("t", Event{Kind: EventChanged, Field: FieldResolutionNotes, Old: "Restarted.", New: "Replaced."}) {
		t.Error("the first resolution is nowhere any more")
	}
}

func TestTwoResolutionsBothStay(t *testing.T) {
	w := newWorld(t)
	w.in("t", StateInProgress)
	w.do(w.as("ben"), TicketMove, "t", MoveTicket{From: StateInProgress, To: StateResolved, ResolutionCode: ResolvedSolved, ResolutionNotes: "Ben's words."})
	e := w.do(w.as("ana"), TicketMove, "t", MoveTicket{From: StateInProgress, To: StateResolved, ResolutionCode: ResolvedSolved, ResolutionNotes: "Ana's words."})
	c := w.only("t")
	if e.Status != Disputed || c.Field != FieldResolutionNotes || c.Client != "Ana's words." || c.Server != "Ben's words." {
		t.Errorf("%s, conflict %+v", e.Status, c)
	}
	if e := w.do(w.as("ana"), TicketMove, "t", MoveTicket{From: StateInProgress, To: StateResolved, ResolutionCode: ResolvedSolved, ResolutionNotes: "Ben's words."}); e.Status != Applied || len(e.Puts) != 0 {
		t.Errorf("the same wish ended %s with %d records", e.Status, len(e.Puts))
	}
}

func TestNamesOfStatesReasonsAndCodes(t *testing.T) {
	for _, s := range States() {
		if s.String() == string(s) {
			t.Errorf("state %s has no name", s)
		}
		if open := s == StateNew || s == StateInProgress || s == StateOnHold; s.Open() != open {
			t.Errorf("%s open: %v", s, s.Open())
		}
	}
	for _, h := range HoldReasons() {
		if h.String() == string(h) {
			t.Errorf("hold reason %s has no name", h)
		}
	}
	for _, c := range ResolutionCodes() {
		if c.String() == string(c) {
			t.Errorf("resolution code %s has no name", c)
		}
	}
	if State("odd").String() != "odd" || HoldReason("odd").String() != "odd" || ResolutionCode("odd").String() != "odd" {
		t.Error("an unknown name should show as it is")
	}
}
