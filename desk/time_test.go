package desk

import "testing"

// TestTimesAddUp: people log apart and the sum is of all of it; an entry that
// arrives twice counts once (SPEC R16).
func TestTimesAddUp(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	w.do(w.as("ana"), TimeLog, "t", LogTime{TimeEntry{ID: "l1", Minutes: 30, Note: "On site", Person: "ben"}})
	w.do(w.as("ben"), TimeLog, "t", LogTime{TimeEntry{ID: "l2", Minutes: 15}})
	again := w.do(w.as("ben"), TimeLog, "t", LogTime{TimeEntry{ID: "l2", Minutes: 15}})
	w.do(w.as("ana"), TimeLog, "t", LogTime{TimeEntry{ID: "l3", Minutes: -10, Note: "Lunch"}})
	if got := w.ticket("t"); got.TimeSpent != 35 || again.Status != Duplicate || len(again.Puts) != 0 || got.Rev != 4 {
		t.Errorf("%d minutes in revision %d, the second time %s", got.TimeSpent, got.Rev, again.Status)
	}
	e := w.records[Key{KindTime, "l1"}].(TimeEntry)
	if e.Person != "ana" || e.Ticket != "t" || e.Note != "On site" || e.At.IsZero() || e.SyncedAt.IsZero() {
		t.Errorf("%+v", e)
	}
	for _, bad := range []TimeEntry{{ID: "l4"}, {ID: "l4", Minutes: 1441}, {ID: "l4", Minutes: -1441}, {Minutes: 5}} {
		e, err := w.try(w.as("ana"), TimeLog, "t", LogTime{bad})
		refused(t, e, err, CodeValidation, "between 1 minute and 24 hours")
	}
}
