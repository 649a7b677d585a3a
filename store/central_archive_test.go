package store

import (
	"slices"
	"testing"
	"time"

	"holdall/desk"
)

// shelved: what ended waits for the archive in the order of its end until it is
// archived or goes on (SPEC P28), and pins are found by person.
func shelved(t *testing.T, c *Central) {
	stand := map[desk.TicketID]desk.Ticket{}
	becomes := func(id desk.TicketID, s desk.State, at time.Time, archived desk.Month, pinned ...desk.PersonID) {
		is := desk.Ticket{ID: id, State: s, Archived: archived, Pinned: pinned, Edits: map[desk.Field]desk.Stamp{desk.FieldState: {At: at}}}
		c.mustUpdate(t, func(tx *CentralTx) error { return tx.Shelve(stand[id], is) })
		stand[id] = is
	}
	expect := func(what string, ended []desk.TicketID, pins ...desk.TicketID) {
		t.Helper()
		c.mustView(t, func(tx *CentralTx) error {
			due, err := tx.Ended(noon.Add(time.Hour), 10)
			must(t, err)
			of, err := tx.Pins("ana")
			if !slices.Equal(due, ended) || !slices.Equal(of, pins) {
				t.Errorf("%s: due %v, pinned %v", what, due, of)
			}
			return err
		})
	}
	becomes("t1", desk.StateNew, noon, "", "ana", "ben")
	becomes("t2", desk.StateClosed, noon, "")
	becomes("t3", desk.StateCancelled, noon.Add(-time.Hour), "", "ana")
	becomes("t4", desk.StateClosed, noon.Add(time.Hour), "")
	expect("ended", []desk.TicketID{"t3", "t2"}, "t1", "t3")
	becomes("t2", desk.StateInProgress, noon, "")
	becomes("t1", desk.StateClosed, noon, "", "ben")
	expect("one goes on", []desk.TicketID{"t3", "t1"}, "t3")
	becomes("t3", desk.StateCancelled, noon.Add(-time.Hour), "2026-03", "ana")
	becomes("t1", desk.StateClosed, noon.Add(2*time.Hour), "", "ana", "ben")
	expect("one is archived and one ended anew", nil, "t1", "t3")
	becomes("t1", desk.StateClosed, noon.Add(2*time.Hour), "")
	expect("unpinned", nil, "t3")
	c.mustView(t, func(tx *CentralTx) error {
		due, err := tx.Ended(noon.Add(9*time.Hour), 1)
		if !slices.Equal(due, []desk.TicketID{"t4"}) {
			t.Errorf("the first of two is %v", due)
		}
		return err
	})
}
