package desk

import "testing"

func TestTheStockMatrix(t *testing.T) {
	want := map[[2]Level]Priority{
		{1, 1}: 1, {1, 2}: 2, {1, 3}: 3,
		{2, 1}: 2, {2, 2}: 3, {2, 3}: 4,
		{3, 1}: 3, {3, 2}: 4, {3, 3}: 5,
	}
	for pair, priority := range want {
		if got, err := StockMatrix().Priority(pair[0], pair[1]); got != priority || err != nil {
			t.Errorf("impact %d, urgency %d: %d %v, want %d", pair[0], pair[1], got, err, priority)
		}
	}
	for _, pair := range [][2]Level{{0, 1}, {4, 1}, {1, 0}, {1, 4}, {-1, 2}} {
		if _, err := StockMatrix().Priority(pair[0], pair[1]); CodeOf(err) != CodeValidation {
			t.Errorf("impact %d, urgency %d: %v, want a refusal", pair[0], pair[1], err)
		}
	}
}

func TestPriorityFollowsImpactAndUrgency(t *testing.T) {
	w := newWorld(t)
	if got := w.open("t").Priority; got != 5 {
		t.Errorf("a ticket without levels has priority %d, want 5", got)
	}
	w.edit(w.as("ana"), "t", FieldImpact, "3", "1")
	w.edit(w.as("ana"), "t", FieldUrgency, "3", "2")
	if got := w.ticket("t").Priority; got != 2 {
		t.Errorf("1 × 2 gives %d, want 2", got)
	}
	w.edit(w.as("ana"), "t", FieldPriority, "", "4")
	w.edit(w.as("ana"), "t", FieldUrgency, "2", "1")
	if got := w.ticket("t"); got.Priority != 4 || got.PriorityReason != "because" {
		t.Errorf("an override gave way: %d %q", got.Priority, got.PriorityReason)
	}
	w.edit(w.as("ana"), "t", FieldPriority, "4", "")
	if got := w.ticket("t"); got.Priority != 1 || got.PriorityReason != "" {
		t.Errorf("back to the matrix: %d %q, want 1", got.Priority, got.PriorityReason)
	}
}

func TestAnOverrideNeedsAReason(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	set := PatchTicket{Set: map[Field]string{FieldPriority: "1"}, Reason: " "}
	effects, err := w.try(w.as("ana"), TicketPatch, "t", set)
	refused(t, effects, err, CodeValidation, "an override needs a reason")
	for _, odd := range []string{"0", "6", "high"} {
		effects, err = w.try(w.as("ana"), TicketPatch, "t", PatchTicket{Set: map[Field]string{FieldPriority: odd}, Reason: "VIP"})
		refused(t, effects, err, CodeValidation, "choose 1 to 5")
	}
	w.edit(w.as("ben"), "t", FieldPriority, "", "3")
	effects, err = w.try(w.as("ana"), TicketPatch, "t", set) // clashes with Ben's, and still needs a reason
	refused(t, effects, err, CodeValidation, "an override needs a reason")
}

func TestNamesOfPrioritiesAndLevels(t *testing.T) {
	for p, name := range map[Priority]string{1: "Critical", 2: "High", 3: "Moderate", 4: "Low", 5: "Planning", 0: "0", 6: "6"} {
		if p.String() != name {
			t.Errorf("priority %d is %q, want %q", int(p), p, name)
		}
	}
	for l, name := range map[Level]string{1: "High", 2: "Medium", 3: "Low", 0: "0", 4: "4"} {
		if l.String() != name {
			t.Errorf("level %d is %q, want %q", int(l), l, name)
		}
	}
}
