package desk

import (
	"slices"
	"testing"
)

// TestWhatWasMeasuredOnSiteIsTaken: the device's value stands although it had
// not seen the other one, and that one waits in both trays (SPEC R14).
func TestWhatWasMeasuredOnSiteIsTaken(t *testing.T) {
	for f, values := range map[Field][2]string{
		FieldActualStart:  {"2026-03-02T08:00:00Z", "2026-03-02T08:20:00Z"},
		FieldActualEnd:    {"2026-03-02T10:00:00Z", "2026-03-02T09:00:00Z"},
		FieldMeterReading: {"1040", "1042.5"},
	} {
		w := newWorld(t)
		w.open("t")
		w.edit(w.as("ben"), "t", f, "", values[0])
		e := w.edit(w.as("ana"), "t", f, "", values[1])
		c, got := w.only("t"), w.ticket("t")
		if e.Status != Disputed || got.Value(f) != values[1] || !slices.Equal(got.Disputed, []PersonID{"ana", "ben"}) {
			t.Errorf("%s: %s, %q stands, disputed with %v", f, e.Status, got.Value(f), got.Disputed)
		}
		if !c.Won || c.Server != values[1] || c.ServerBy != "ana" || c.Client != values[0] || c.ClientBy != "ben" || c.Base != "" {
			t.Errorf("%s: %+v", f, c)
		}
		if !w.told("t", Event{Kind: EventOutdone, Field: f, Old: values[0], New: values[1]}) {
			t.Errorf("%s: history %+v", f, w.history("t"))
		}
		w.edit(w.as("ben"), "t", f, values[1], values[0]) // who has seen it may change it
		w.edit(w.as("ana"), "t", f, values[1], "")
		if open, _ := w.OpenConflicts("t"); len(open) != 2 {
			t.Errorf("%s: %d values wait, want both that were outdone", f, len(open))
		}
		w.do(w.as("ben"), ConflictResolve, "t", ResolveConflict{Conflict: c.ID, Choice: ChooseMine, Seen: ""})
		if got := w.ticket("t").Value(f); got != values[0] {
			t.Errorf("%s: %q after the other value was taken back", f, got)
		}
	}
}
