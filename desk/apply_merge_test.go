package desk

import (
	"slices"
	"testing"
)

// duplicates are two tickets in a state, the second merged into the first.
func duplicates(t *testing.T, state State) *world {
	w := newWorld(t)
	w.open("goes on")
	w.in("double", state)
	w.do(w.as("ana"), TicketMerge, "double", MergeTicket{Into: "goes on"})
	return w
}

// TestAMergedTicketIsClosedAndPointsOn by moves the table allows (SPEC R17).
func TestAMergedTicketIsClosedAndPointsOn(t *testing.T) {
	for _, state := range States() {
		w := duplicates(t, state)
		got, want := w.ticket("double"), StateClosed
		if state == StateCancelled {
			want = state
		}
		if got.MergedInto != "goes on" || got.State != want || got.AwaitsReply {
			t.Errorf("from %s: %s, into %q", state, got.State, got.MergedInto)
		}
		if state.Open() && (got.ResolutionCode != ResolvedDuplicate || got.ResolutionNotes != "Merged into INC0000001.") {
			t.Errorf("from %s: %s %q", state, got.ResolutionCode, got.ResolutionNotes)
		}
		if !w.told("double", Event{Kind: EventJoined, New: "INC0000001"}) || w.ticket("goes on").Rev != 1 {
			t.Errorf("from %s: history %+v", state, w.history("double"))
		}
		for _, e := range w.history("double") {
			if e.Kind == EventMoved && !(Ticket{}).Moves().Allowed(State(e.Old), State(e.New)) {
				t.Errorf("from %s: went from %s to %s", state, e.Old, e.New)
			}
		}
		if e := w.do(w.as("ben"), TicketMerge, "double", MergeTicket{Into: "goes on"}); len(e.Puts) != 0 {
			t.Errorf("merged twice: %+v", e.Puts)
		}
	}
}

// TestWhatWasWrittenOnAMergedTicketIsRefusedWithTheWayOn: nothing typed is lost,
// and all of it is shown together (SPEC R17, R18).
func TestWhatWasWrittenOnAMergedTicketIsRefusedWithTheWayOn(t *testing.T) {
	for name, args := range map[Name]any{
		TicketPatch: PatchTicket{Set: map[Field]string{FieldTitle: "T"}}, TicketLabel: LabelTicket{AddLabels: []string{"l"}}, TicketMove: moveTo(StateNew, StateOnHold),
		TicketCheck: CheckTicket{Add: []Item{{ID: "i", Text: "T"}}}, TimeLog: LogTime{TimeEntry{ID: "l", Minutes: 5}},
		MessageAdd: AddMessage{Message{ID: "m", Kind: InternalNote, Text: "T"}}, TicketMerge: MergeTicket{Into: "other"},
		ConflictResolve: ResolveConflict{Choice: ChooseMine},
	} {
		w := duplicates(t, StateNew)
		w.open("other")
		m := w.mutation(w.as("ben"), name, "double", args, nil)
		e, err := w.take(w.as("ben"), m)
		refused(t, e, err, CodeGone, "INC0000002 was merged into INC0000001")
		if r := NewRejection(m, w.as("ben"), err, w.now); r.Into != "goes on" || r.Related != "double" || string(r.Args) != string(m.Args) {
			t.Errorf("%s: %+v", name, r)
		}
	}
	w := duplicates(t, StateNew)
	e, err := w.try(hub, MessageAdd, "double", AddMessage{Message{ID: "m", Kind: FromRequester, Text: "Hello"}})
	refused(t, e, err, CodeGone, "merged into") // the mail is looked at again and follows
}

func TestADuplicateMayStillBeSettled(t *testing.T) {
	w, c := clash(t)
	w.open("goes on")
	w.do(w.as("ana"), TicketMerge, "t", MergeTicket{Into: "goes on"})
	w.do(w.as("ana"), ConflictResolve, "t", ResolveConflict{Conflict: c.ID, Choice: ChooseDismiss})
	if got := w.ticket("t"); len(got.Disputed) != 0 || got.Title != "Ben's title" {
		t.Errorf("%+v", got)
	}
	w.open("u")
	w.hear("u", "m1")
	w.do(w.as("ana"), MessageAdd, "u", AddMessage{Message{ID: "r", Kind: PublicReply, Text: "Hello"}})
	w.do(w.as("ana"), TicketMerge, "u", MergeTicket{Into: "goes on"})
	w.do(w.as("ana"), ReplyDecide, "u", DecideReply{Message: "r", Act: ReplyToNote})
	if m := w.message("r"); m.Kind != InternalNote {
		t.Errorf("the held reply is a %s", m.Kind)
	}
}

func TestATicketThatCannotBeMerged(t *testing.T) {
	w := duplicates(t, StateNew)
	w.open("other")
	for into, part := range map[TicketID]string{"other": "merged elsewhere", "double": "merged elsewhere"} {
		e, err := w.try(w.as("ana"), TicketMerge, "other", MergeTicket{Into: into})
		refused(t, e, err, CodeWorkflow, part)
	}
	e, err := w.try(w.as("ana"), TicketMerge, "other", MergeTicket{Into: "none"})
	refused(t, e, err, CodeGone, "does not exist at the hub")
	w.do(hub, TicketPatch, "other", PatchTicket{Set: map[Field]string{FieldTeam: "beta"}})
	admin := w.as("admin")
	admin.Roles = []Role{RoleAgent}
	admin.Teams = []TeamID{"beta"}
	e, err = w.try(admin, TicketMerge, "other", MergeTicket{Into: "goes on"})
	refused(t, e, err, CodePerm, "not in one of your teams' queues")
}

// TestARefusedTicketTakesItsChildrenAlong: what was written on a ticket that was
// never taken in is refused with it and shown with it (SPEC R18).
func TestARefusedTicketTakesItsChildrenAlong(t *testing.T) {
	w := newWorld(t)
	var refusals []Rejection
	for _, m := range []Mutation{
		w.mutation(w.as("ana"), TicketCreate, "t", CreateTicket{Kind: Incident, Title: "Printer"}, nil),
		w.mutation(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "m", Kind: InternalNote, Text: "On the third floor"}}, nil),
		w.mutation(w.as("ana"), TicketPatch, "t", PatchTicket{Set: map[Field]string{FieldTitle: "Plotter"}}, map[Field]string{FieldTitle: "Printer"}),
	} {
		_, err := w.take(w.as("ana"), m)
		refusals = append(refusals, NewRejection(m, w.as("ana"), err, w.now))
	}
	if slices.ContainsFunc(refusals, func(r Rejection) bool { return r.Related != "t" }) || refusals[2].Old[FieldTitle] != "Printer" {
		t.Errorf("%+v", refusals)
	}
	w.open("u")
	m := w.mutation(w.as("ana"), TicketPatch, "u", PatchTicket{Set: map[Field]string{FieldTitle: ""}}, map[Field]string{FieldTitle: "Mail is slow"})
	_, err := w.take(w.as("ana"), m)
	if r := NewRejection(m, w.as("ana"), err, w.now); r.Related != "" || r.Field != FieldTitle {
		t.Errorf("one bad value is related to nothing: %+v", r)
	}
}
