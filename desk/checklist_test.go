package desk

import (
	"slices"
	"strings"
	"testing"
)

// listed is a ticket with two items on its checklist.
func listed(t *testing.T) *world {
	w := newWorld(t)
	w.open("t")
	w.do(w.as("ana"), TicketCheck, "t", CheckTicket{Add: []Item{{ID: "i1", Text: "Switch it off", Done: true, By: "ben"}, {ID: "i2", Text: "Look inside"}}})
	return w
}

// TestAChecklistMerges: items are added, ticked and taken away apart, each on
// its own (SPEC R15).
func TestAChecklistMerges(t *testing.T) {
	w := listed(t)
	w.do(w.as("ben"), TicketCheck, "t", CheckTicket{Tick: []ItemID{"i1", "gone"}, Add: []Item{{ID: "i3", Text: "Clean up"}}})
	w.do(w.as("ana"), TicketCheck, "t", CheckTicket{Tick: []ItemID{"i1"}, Remove: map[ItemID]string{"i2": "Look inside", "gone": "x"}, Add: []Item{{ID: "i1", Text: "Again"}}})
	want := []Item{{ID: "i1", Text: "Switch it off", Done: true, By: "ben"}, {ID: "i3", Text: "Clean up"}}
	if got := w.ticket("t").Checklist; !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	w.do(w.as("ana"), TicketCheck, "t", CheckTicket{Untick: []ItemID{"i1", "i3"}})
	for _, e := range []Event{
		{Kind: EventAdded, Field: FieldChecklist, New: "Clean up"}, {Kind: EventTicked, Field: FieldChecklist, New: "Switch it off"},
		{Kind: EventUnticked, Field: FieldChecklist, New: "Switch it off"}, {Kind: EventRemoved, Field: FieldChecklist, Old: "Look inside"},
	} {
		if !w.told("t", e) {
			t.Errorf("history does not tell %+v", e)
		}
	}
	if e := w.do(w.as("ana"), TicketCheck, "t", CheckTicket{Untick: []ItemID{"i3"}}); len(e.Puts) != 0 {
		t.Errorf("nothing new, and %d records", len(e.Puts))
	}
	for why, item := range map[string]Item{
		"needs an id": {Text: "No id"}, "at most 100 bytes": {ID: ItemID(strings.Repeat("i", itemMost+1)), Text: "Clean up"}, "needs words": {ID: "i4", Text: " "},
	} {
		e, err := w.try(w.as("ana"), TicketCheck, "t", CheckTicket{Add: []Item{item}})
		refused(t, e, err, CodeValidation, why)
	}
}

// TestTheWordsOfAnItemAreAField: two who change them apart meet in the tray, and
// taking an item away takes only what was seen (SPEC R11, R15).
func TestTheWordsOfAnItemAreAField(t *testing.T) {
	w := listed(t)
	f := ItemField("i2")
	w.edit(w.as("ben"), "t", f, "Look inside", "Look behind")
	w.edit(w.as("ana"), "t", f, "Look inside", "Look below")
	if c := w.only("t"); c.Field != f || c.Server != "Look behind" || c.Client != "Look below" || f.Label() != "Checklist item" {
		t.Errorf("%+v", c)
	}
	if e := w.do(w.as("ana"), TicketCheck, "t", CheckTicket{Remove: map[ItemID]string{"i2": "Look inside"}}); e.Status != Merged || len(w.ticket("t").Checklist) != 2 {
		t.Errorf("%s, words nobody saw were taken away: %+v", e.Status, w.ticket("t").Checklist)
	}
	w.do(w.as("ben"), TicketCheck, "t", CheckTicket{Remove: map[ItemID]string{"i2": "Look behind"}})
	w.do(w.as("ana"), ConflictResolve, "t", ResolveConflict{Conflict: w.only("t").ID, Choice: ChooseMine, Seen: ""})
	if got := w.ticket("t").Value(f); got != "Look below" {
		t.Errorf("words for an item that was taken away bring it back, not %q", got)
	}
}
