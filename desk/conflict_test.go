package desk

import (
	"slices"
	"testing"
)

// clash is a title that Ana and Ben have changed apart: Ben's stands.
func clash(t *testing.T) (*world, Conflict) {
	w := newWorld(t)
	w.open("t")
	w.edit(w.as("ben"), "t", FieldTitle, "Mail is slow", "Ben's title")
	e := w.edit(w.as("ana"), "t", FieldTitle, "Mail is slow", "Ana's title")
	c := w.only("t")
	if e.Status != Disputed || !slices.Equal(e.Conflicts, []ConflictID{c.ID}) {
		t.Fatalf("%s %v, want conflict %s", e.Status, e.Conflicts, c.ID)
	}
	return w, c
}

func TestASameFieldClashKeepsBothValues(t *testing.T) {
	w, c := clash(t)
	if c.Base != "Mail is slow" || c.Server != "Ben's title" || c.Client != "Ana's title" || c.ServerBy != "ben" || c.ClientBy != "ana" ||
		c.Device != "ana-laptop" || c.Rev != 1 || c.ServerAt.IsZero() || !c.ClientAt.Equal(w.now) {
		t.Errorf("%+v", c)
	}
	got := w.ticket("t")
	if got.Title != "Ben's title" || !slices.Equal(got.Disputed, []PersonID{"ana", "ben"}) {
		t.Errorf("title %q, disputed with %v", got.Title, got.Disputed)
	}
	if !w.told("t", Event{Kind: EventDisputed, Field: FieldTitle, Old: "Ben's title", New: "Ana's title"}) {
		t.Error("history does not tell the dispute")
	}
}

func TestWishesOfOneDeviceFold(t *testing.T) {
	w, first := clash(t)
	w.edit(w.as("ana"), "t", FieldTitle, "Ana's title", "Ana's better title")
	c := w.only("t")
	if c.ID != first.ID || c.Base != "Mail is slow" || c.Client != "Ana's better title" || c.Rev != 2 || c.Mid != 2 {
		t.Errorf("%+v", c)
	}
	cleo := Principal{Person: "cleo", Device: "cleo-phone", Roles: []Role{RoleLead}, Teams: []TeamID{"alpha"}}
	w.edit(cleo, "t", FieldTitle, "Mail is slow", "Cleo's title")
	if open, _ := w.OpenConflicts("t"); len(open) != 2 {
		t.Errorf("%d open conflicts, want one for each device", len(open))
	}
	if got := w.ticket("t").Disputed; !slices.Equal(got, []PersonID{"ana", "ben", "cleo"}) {
		t.Errorf("disputed with %v", got)
	}
}

func TestAFoldForgetsAPartyWhoseValueIsGone(t *testing.T) {
	w, _ := clash(t)
	w.edit(hub, "t", FieldTitle, "Ben's title", "The hub's title")
	w.edit(w.as("ana"), "t", FieldTitle, "Ana's title", "Ana's last title")
	if got := w.ticket("t").Disputed; !slices.Equal(got, []PersonID{"ana"}) {
		t.Errorf("disputed with %v, want ana alone", got)
	}
}

func TestTwoFieldsOfOneMutationHoldAllParties(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	w.edit(w.as("ben"), "t", FieldTitle, "Mail is slow", "Ben's title")
	w.edit(Principal{Person: "cleo", Device: "c", Roles: []Role{RoleAdmin}}, "t", FieldCategory, "", "Cleo's category")
	m := w.mutation(w.as("ana"), TicketPatch, "t", PatchTicket{Set: map[Field]string{
		FieldTitle: "Ana's title", FieldCategory: "Ana's category", FieldDescription: "Ana's words"}}, map[Field]string{FieldTitle: "Mail is slow"})
	e, err := w.take(w.as("ana"), m)
	if err != nil || e.Status != Disputed || len(e.Conflicts) != 2 || e.Conflicts[0] == e.Conflicts[1] {
		t.Fatalf("%s %v %v", e.Status, e.Conflicts, err)
	}
	got := w.ticket("t")
	if !slices.Equal(got.Disputed, []PersonID{"ana", "ben", "cleo"}) || got.Description != "Ana's words" || got.Title != "Ben's title" {
		t.Errorf("disputed with %v; %q %q", got.Disputed, got.Title, got.Description)
	}
}

func TestEveryChoiceSettlesAConflict(t *testing.T) {
	cases := []struct {
		choice Choice
		value  string
		title  string
		event  Event
	}{
		{ChooseServer, "", "Ben's title", Event{Kind: EventSettled, Field: FieldTitle, Old: "Ana's title", New: "Ben's title"}},
		{ChooseDismiss, "", "Ben's title", Event{Kind: EventSettled, Field: FieldTitle, Old: "Ana's title", New: "Ben's title"}},
		{ChooseMine, "", "Ana's title", Event{Kind: EventSettled, Field: FieldTitle, Old: "Ben's title", New: "Ana's title"}},
		{ChooseEdit, "Both", "Both", Event{Kind: EventSettled, Field: FieldTitle, Old: "Ben's title", New: "Both"}},
	}
	for _, c := range cases {
		t.Run(string(c.choice), func(t *testing.T) {
			w, conflict := clash(t)
			e := w.do(w.as("ana"), ConflictResolve, "t", ResolveConflict{Conflict: conflict.ID, Choice: c.choice, Value: c.value, Seen: "Ben's title"})
			got := w.ticket("t")
			if e.Status != Applied || got.Title != c.title || len(got.Disputed) != 0 || !w.told("t", c.event) {
				t.Errorf("%s, title %q, disputed with %v, history %+v", e.Status, got.Title, got.Disputed, w.history("t"))
			}
			settled := w.records[conflict.Key()].(Conflict)
			if settled.State != ConflictSettled || settled.Choice != c.choice || settled.ResolvedBy != "ana" || settled.Rev != 2 {
				t.Errorf("%+v", settled)
			}
			again := w.do(w.as("ben"), ConflictResolve, "t", ResolveConflict{Conflict: conflict.ID, Choice: ChooseMine, Seen: c.title})
			if len(again.Puts) != 0 || w.ticket("t").Title != c.title {
				t.Error("a settled conflict was settled again")
			}
		})
	}
}

func TestADecisionSeesWhatStands(t *testing.T) {
	for _, choice := range []Choice{ChooseServer, ChooseMine, ChooseEdit} {
		w, c := clash(t)
		cleo := Principal{Person: "cleo", Device: "c", Roles: []Role{RoleAdmin}}
		w.edit(cleo, "t", FieldTitle, "Ben's title", "Cleo's title")
		e := w.do(w.as("ana"), ConflictResolve, "t", ResolveConflict{Conflict: c.ID, Choice: choice, Value: "Both", Seen: "Ben's title"})
		now := w.only("t")
		if e.Status != Disputed || w.ticket("t").Title != "Cleo's title" || now.Server != "Cleo's title" || now.ServerBy != "cleo" || now.Client != "Ana's title" {
			t.Errorf("%s: %s, title %q, conflict %+v", choice, e.Status, w.ticket("t").Title, now)
		}
		if got := w.ticket("t").Disputed; !slices.Equal(got, []PersonID{"ana", "cleo"}) {
			t.Errorf("%s: disputed with %v", choice, got)
		}
		w.do(w.as("ana"), ConflictResolve, "t", ResolveConflict{Conflict: c.ID, Choice: ChooseMine, Seen: "Cleo's title"})
		if got := w.ticket("t"); got.Title != "Ana's title" || len(got.Disputed) != 0 {
			t.Errorf("%s: then title %q, disputed with %v", choice, got.Title, got.Disputed)
		}
	}
}

func TestADismissalNeedsNoSecondLook(t *testing.T) {
	w, c := clash(t)
	w.edit(w.as("ben"), "t", FieldTitle, "Ben's title", "Ben's last title")
	w.do(w.as("ana"), ConflictResolve, "t", ResolveConflict{Conflict: c.ID, Choice: ChooseDismiss, Seen: "Ben's title"})
	if got := w.ticket("t"); got.Title != "Ben's last title" || len(got.Disputed) != 0 {
		t.Errorf("title %q, disputed with %v", got.Title, got.Disputed)
	}
	if !w.told("t", Event{Kind: EventSettled, Field: FieldTitle, Old: "Ana's title", New: "Ben's last title"}) {
		t.Errorf("history tells another outcome: %+v", w.history("t"))
	}
}

func TestADecisionThatTheRulesRefuse(t *testing.T) {
	w, c := clash(t)
	try := func(r ResolveConflict, ticket TicketID, code Code, part string) {
		t.Helper()
		e, err := w.try(w.as("ana"), ConflictResolve, ticket, r)
		refused(t, e, err, code, part)
	}
	try(ResolveConflict{Conflict: c.ID, Choice: "coin", Seen: "Ben's title"}, "t", CodeValidation, "not \"coin\"")
	try(ResolveConflict{Conflict: c.ID, Choice: ChooseEdit, Seen: "Ben's title"}, "t", CodeValidation, "needs a title")
	try(ResolveConflict{Conflict: "none", Choice: ChooseMine}, "t", CodeGone, "does not exist")
	w.open("other")
	try(ResolveConflict{Conflict: c.ID, Choice: ChooseMine, Seen: "Ben's title"}, "other", CodeGone, "does not exist")
	try(ResolveConflict{Conflict: c.ID, Choice: ChooseMine}, "none", CodeGone, "The ticket does not exist")
}

func TestAClashOfStatesIsSettledByTheTable(t *testing.T) {
	w := newWorld(t)
	w.in("t", StateClosed)
	w.do(w.as("ana"), TicketMove, "t", moveTo(StateInProgress, StateOnHold))
	c := w.only("t")
	e, err := w.try(w.as("ana"), ConflictResolve, "t", ResolveConflict{Conflict: c.ID, Choice: ChooseMine, Seen: "closed"})
	refused(t, e, err, CodeWorkflow, "cannot go from Closed to On Hold")
	w.do(w.as("ben"), TicketMove, "t", moveTo(StateClosed, StateInProgress))
	w.do(w.as("ana"), ConflictResolve, "t", ResolveConflict{Conflict: c.ID, Choice: ChooseMine, Seen: "in_progress"})
	if got := w.ticket("t"); got.State != StateOnHold || got.HoldReason != HoldRequester || len(got.Disputed) != 0 {
		t.Errorf("state %s, waiting for %s, disputed with %v", got.State, got.HoldReason, got.Disputed)
	}
}

func TestAClashOfPrioritiesKeepsItsReason(t *testing.T) {
	for _, choice := range []Choice{ChooseMine, ChooseEdit} {
		w := newWorld(t)
		w.open("t")
		w.edit(w.as("ben"), "t", FieldPriority, "", "4")
		w.do(w.as("ana"), TicketPatch, "t", PatchTicket{Set: map[Field]string{FieldPriority: "1"}, Reason: "the board waits"})
		w.do(w.as("ana"), ConflictResolve, "t", ResolveConflict{Conflict: w.only("t").ID, Choice: choice, Value: "1", Seen: "4"})
		if got := w.ticket("t"); got.Priority != 1 || got.PriorityReason != "the board waits" {
			t.Errorf("%s: priority %d because %q", choice, got.Priority, got.PriorityReason)
		}
	}
	w := newWorld(t)
	w.open("t")
	w.edit(w.as("ben"), "t", FieldPriority, "", "4")
	w.edit(w.as("ben"), "t", FieldPriority, "4", "2")
	w.edit(w.as("ana"), "t", FieldPriority, "4", "") // back to the matrix: no reason is asked for
	c := w.records[w.only("t").Key()].(Conflict)
	c.Reason = ""
	w.records[c.Key()] = c
	w.edit(w.as("ben"), "t", FieldPriority, "2", "")
	e, err := w.try(w.as("ana"), ConflictResolve, "t", ResolveConflict{Conflict: c.ID, Choice: ChooseEdit, Value: "1", Seen: ""})
	refused(t, e, err, CodeValidation, "an override needs a reason")
}
