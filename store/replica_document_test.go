package store

import (
	"testing"

	"holdall/desk"
)

// shelf is all that the search keeps, byte by byte.
func (r *Replica) shelf(t testing.TB) (blocks string) {
	r.mustView(t, func(tx *ReplicaTx) error {
		_, err := tx.find("SELECT group_concat(id || ':' || hex(block), ' ') FROM search_data", nil, &blocks)
		return err
	})
	return blocks
}

func (r *Replica) finds(t testing.TB, words string) (n int) {
	r.mustView(t, func(tx *ReplicaTx) error {
		_, err := tx.find("SELECT COUNT(*) FROM search WHERE search MATCH ?", []any{words}, &n)
		return err
	})
	return n
}

// TestADocumentThatStaysIsNotWrittenAgain: what is taken back and done again in
// one transaction leaves the search alone; what differs afterwards is found.
func TestADocumentThatStaysIsNotWrittenAgain(t *testing.T) {
	r := library(t, true)
	note := noteOf("m1", "t1", "Ordered a new cartridge, naïve as I am")
	before := r.shelf(t)
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		e, err := tx.Get(desk.Ticket{ID: "t1"}.Key())
		must(t, err)
		must(t, tx.Delete(note.Key()))
		must(t, tx.Delete(e.Key()))
		must(t, tx.Put(e))
		return tx.Put(note)
	})
	if r.shelf(t) != before || r.finds(t, "cartridge") != 1 {
		t.Error("the search was written though nothing changed")
	}
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		must(t, tx.Put(noteOf("m1", "t1", "Ordered toner instead")))
		return tx.DropTree("t0")
	})
	if got := r.finds(t, "cartridge") + r.finds(t, "out"); got != 0 || r.finds(t, "instead") != 1 {
		t.Errorf("%d tickets are found by what is gone", got)
	}
}

// TestAPlacePassesOn from a ticket that goes to one that comes, in one
// transaction and whichever is first by its name.
func TestAPlacePassesOn(t *testing.T) {
	for _, ids := range [][2]desk.TicketID{{"a", "b"}, {"b", "a"}} {
		r := library(t, true)
		gone, comes := ticketOf(string(ids[0]), 10), ticketOf(string(ids[1]), 11)
		gone.Title, comes.Title = "leaving", "arriving"
		r.mustUpdate(t, func(tx *ReplicaTx) error { return tx.Put(gone) })
		r.mustUpdate(t, func(tx *ReplicaTx) error {
			d, err := tx.document(string(gone.ID))
			must(t, err)
			must(t, tx.Delete(gone.Key()))
			must(t, tx.Put(comes))
			return tx.do("UPDATE ticket SET doc = ? WHERE "+which(desk.KindTicket), d.place, string(comes.ID))
		})
		if r.finds(t, "leaving") != 0 || r.finds(t, "arriving") != 1 {
			t.Errorf("%v: %d leave, %d arrive", ids, r.finds(t, "leaving"), r.finds(t, "arriving"))
		}
	}
}
