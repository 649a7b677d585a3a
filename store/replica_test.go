package store

import (
	"context"
	"testing"
	"time"

	"holdall/desk"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func openReplica(t testing.TB, dir string) *Replica {
	t.Helper()
	r, err := OpenReplica(context.Background(), dir)
	must(t, err)
	t.Cleanup(func() { r.Close() })
	return r
}

func (r *Replica) mustUpdate(t testing.TB, fn func(*ReplicaTx) error) {
	t.Helper()
	must(t, r.Update(context.Background(), fn))
}

func (r *Replica) mustView(t testing.TB, fn func(*ReplicaTx) error) {
	t.Helper()
	must(t, r.View(context.Background(), fn))
}

// ticketOf makes a ticket as far as the store cares.
func ticketOf(id string, n int64) desk.Ticket {
	at := noon.Add(time.Duration(n) * time.Minute)
	return desk.Ticket{ID: desk.TicketID(id), Number: desk.FormatNumber(desk.Incident, n), Kind: desk.Incident, Title: "Printer out of toner",
		Priority: 3, Impact: 2, Urgency: 2, State: desk.StateNew, OpenedAt: at, UpdatedAt: at, Rev: 1}
}

func TestSearchFindsWordsAcrossAThread(t *testing.T) {
	r := openReplica(t, t.TempDir())
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		must(t, tx.Put(ticketOf("t1", 1)))
		must(t, tx.Put(desk.Message{ID: "m1", Ticket: "t1", Kind: desk.InternalNote, Text: "The cartridge in Zürich is empty", At: noon, SyncedAt: noon, Rev: 1}))
		must(t, tx.SetHomes("t1", []desk.BucketID{"triage", "user:a"}))
		return tx.SetCursor("triage", Cursor{Epoch: 1, Seq: 2, Filled: true})
	})
	r.mustView(t, func(tx *ReplicaTx) error {
		hits, err := tx.Search("toner zuri", 10)
		must(t, err)
		if len(hits) != 1 || hits[0].Ticket.ID != "t1" {
			t.Errorf("hits %v", hits)
		}
		rows, total, err := tx.Tickets(Filter{}, "", "", 0, 10)
		must(t, err)
		if total != 1 || len(rows) != 1 {
			t.Errorf("%d of %d rows", len(rows), total)
		}
		return nil
	})
}
