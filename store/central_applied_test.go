package store

import (
	"slices"
	"testing"

	"holdall/desk"
)

// dropsOfUse: a drop stays while a living device has yet to pass it, and for 90
// days at most (SPEC P27).
func dropsOfUse(t *testing.T, c *Central) {
	now := noon.AddDate(0, 0, 100)
	days := func(n int) Entry {
		tree := desk.TicketID([]string{"a", "b", "c", "d"}[n%4])
		return Entry{Key: desk.Ticket{ID: tree}.Key(), Tree: tree, Drop: true}
	}
	c.mustUpdate(t, func(tx *CentralTx) error {
		for i, age := range []int{99, 50, 20, 0} { // at the sequences 1 to 4
			_, err := tx.Post("triage", []Entry{days(i)}, now.AddDate(0, 0, -age))
			must(t, err)
		}
		enter(t, tx, "triage", ticketOf("t1", 1))
		for _, d := range []struct {
			id      desk.DeviceID
			seen    int
			revoked bool
			at      int64
		}{{"here", 1, false, 2}, {"away", 40, false, 5}, {"long gone", 95, false, 0}, {"revoked", 1, true, 0}} {
			must(t, tx.AddDevice(Device{ID: d.id, Person: "ana", Name: "laptop", TokenHash: []byte(d.id), LastSeen: now.AddDate(0, 0, -d.seen), Revoked: d.revoked}))
			must(t, tx.NoteHeld(d.id, map[desk.BucketID]int64{"triage": d.at, "org": 7}))
		}
		return nil
	})
	drops := func() (list []string) {
		c.mustView(t, func(tx *CentralTx) error {
			changes, err := tx.Changes("triage", 0, 10)
			list = nil
			for _, ch := range changes {
				if ch.Drop {
					list = append(list, ch.Record.ID)
				}
			}
			return err
		})
		return list
	}
	sweep := func(want ...string) {
		t.Helper()
		c.mustUpdate(t, func(tx *CentralTx) error {
			_, err := tx.SweepDrops(now.AddDate(0, 0, -90), now.AddDate(0, 0, -1))
			return err
		})
		if left := drops(); !slices.Equal(left, want) {
			t.Errorf("%v are left, want %v", left, want)
		}
	}
	sweep("c", "d") // the first is too old, the second is passed by all who live
	c.mustUpdate(t, func(tx *CentralTx) error { return tx.NoteApplied("here", map[desk.BucketID]int64{"triage": 5}) })
	sweep("d") // it is of today
	c.mustUpdate(t, func(tx *CentralTx) error {
		must(t, tx.NoteGiven("here", map[desk.BucketID]int64{"triage": 9, "closed:triage:2026-01": 9}))
		at, err := tx.applied("here")
		if len(at) != 3 || at["triage"] != 5 || at["org"] != 7 || at["closed:triage:2026-01"] != 0 {
			t.Errorf("noted %v of what it was given", at)
		}
		return err
	})
	c.mustUpdate(t, func(tx *CentralTx) error { return tx.NoteHeld("here", map[desk.BucketID]int64{"triage": 5}) })
	c.mustView(t, func(tx *CentralTx) error {
		at, err := tx.applied("here")
		if len(at) != 1 || at["triage"] != 5 {
			t.Errorf("noted %v", at)
		}
		return err
	})
}
