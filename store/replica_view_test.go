package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"

	"holdall/desk"

	"github.com/google/go-cmp/cmp"
)

func recordOf(t testing.TB, e desk.Entity) desk.Record {
	t.Helper()
	r, err := desk.Encode(e)
	must(t, err)
	return r
}

// future adds a field this program does not know to a record.
func future(t testing.TB, e desk.Entity) desk.Record {
	t.Helper()
	r := recordOf(t, e)
	r.Body = append(r.Body[:len(r.Body)-1:len(r.Body)-1], `,"mood":"calm"}`...)
	return r
}

func TestViewKeepsTheHubsBytes(t *testing.T) {
	r := openReplica(t, t.TempDir())
	records := []desk.Record{{Key: desk.Key{Kind: "asset", ID: "a1"}, Rev: 3, Body: json.RawMessage(`{"x":1}`)}}
	for _, e := range oneOfEach() {
		records = append(records, future(t, e))
	}
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		for _, rec := range records {
			must(t, tx.PutRecord(rec))
			must(t, tx.PutRecord(rec))
		}
		return nil
	})
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		for _, rec := range records {
			got, err := tx.Record(rec.Key)
			must(t, err)
			if diff := cmp.Diff(rec, got); diff != "" {
				t.Errorf("%s (-sent +kept):\n%s", rec.Kind, diff)
			}
			must(t, tx.Delete(rec.Key))
			if _, err := tx.Record(rec.Key); !errors.Is(err, desk.ErrUnknown) {
				t.Errorf("%s after its deletion: %v", rec.Kind, err)
			}
		}
		broken := records[1]
		broken.Body = json.RawMessage(`{"id":`)
		for _, kind := range []desk.Kind{desk.KindTicket, desk.KindEvent} {
			broken.Kind = kind
			if err := tx.PutRecord(broken); err == nil {
				t.Errorf("a broken %s was kept", kind)
			}
		}
		return nil
	})
}

func TestDropTreeTakesEverythingOfIt(t *testing.T) {
	for _, indexed := range []bool{false, true} {
		r := openReplica(t, t.TempDir())
		r.mustUpdate(t, func(tx *ReplicaTx) error {
			for _, e := range oneOfEach() {
				must(t, tx.Put(e))
			}
			must(t, tx.PutRecord(desk.Record{Key: desk.Key{Kind: "step", ID: "s1"}, Tree: "t1", Body: json.RawMessage(`{}`)}))
			must(t, tx.SetHomes("t1", []desk.BucketID{"triage", "user:ana"}))
			if indexed {
				return tx.BuildIndexes()
			}
			return nil
		})
		r.mustUpdate(t, func(tx *ReplicaTx) error { return tx.DropTree("t1") })
		r.mustView(t, func(tx *ReplicaTx) error {
			for _, key := range []desk.Key{{Kind: desk.KindTicket, ID: "t1"}, {Kind: desk.KindMessage, ID: "m1"}, {Kind: desk.KindEvent, ID: "e1"},
				{Kind: desk.KindTime, ID: "l1"}, {Kind: desk.KindConflict, ID: "c1"}, {Kind: "step", ID: "s1"}} {
				if _, err := tx.Record(key); !errors.Is(err, desk.ErrUnknown) {
					t.Errorf("%s survived its tree: %v", key.Kind, err)
				}
			}
			if _, err := tx.Get(desk.Key{Kind: desk.KindPerson, ID: "ana"}); err != nil {
				t.Errorf("the directory went with the tree: %v", err)
			}
			homes, err := tx.Homes("t1")
			must(t, err)
			hits, err := tx.Search("toner", 10)
			if len(homes) != 0 || len(hits) != 0 {
				t.Errorf("homes %v, hits %v", homes, hits)
			}
			return err
		})
	}
}

func TestHomesAndTrees(t *testing.T) {
	r := openReplica(t, t.TempDir())
	set := func(ticket desk.TicketID, homes ...desk.BucketID) {
		r.mustUpdate(t, func(tx *ReplicaTx) error { return tx.SetHomes(ticket, homes) })
	}
	check := func(ticket desk.TicketID, want ...desk.BucketID) {
		t.Helper()
		r.mustView(t, func(tx *ReplicaTx) error {
			got, err := tx.Homes(ticket)
			if !slices.Equal(got, want) {
				t.Errorf("homes of %s: %v, want %v", ticket, got, want)
			}
			return err
		})
	}
	set("t1", "triage", "user:ana") // before its ticket came
	check("t1", "triage", "user:ana")
	r.mustUpdate(t, func(tx *ReplicaTx) error { must(t, tx.Put(ticketOf("t2", 2))); return tx.Put(ticketOf("t1", 1)) })
	set("t1", "user:ana", "team:first")
	check("t1", "team:first", "user:ana")
	set("t2", "team:first")
	enter := func(ticket desk.TicketID, b desk.BucketID) {
		r.mustUpdate(t, func(tx *ReplicaTx) error { return tx.Enter(ticket, b) })
	}
	enter("t2", "team:first")
	enter("t2", "user:ana")
	enter("t2", "user:ana")
	check("t2", "team:first", "user:ana")
	set("t2")
	enter("t2", "triage")
	check("t2", "triage")
	set("t2", "team:first")
	enter("t3", "triage") // before its ticket came
	check("t3", "triage")
	set("t3")
	r.mustUpdate(t, func(tx *ReplicaTx) error { return tx.Put(ticketOf("t1", 1)) })
	check("t1", "team:first", "user:ana")
	r.mustView(t, func(tx *ReplicaTx) error {
		trees, err := tx.TreesOf("team:first")
		if !slices.Equal(trees, []desk.TicketID{"t1", "t2"}) {
			t.Errorf("trees %v", trees)
		}
		return err
	})
	set("t1")
	check("t1")
}

func TestRebaseTakesPendingChangesBack(t *testing.T) {
	r := openReplica(t, t.TempDir())
	hub := ticketOf("t1", 1)
	ours := hub
	ours.Title = "what I wrote"
	note := noteOf("m1", "t1", "mine, not at the hub")
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		must(t, tx.PutRecord(future(t, hub)))
		for _, e := range []desk.Entity{ours, note} {
			must(t, tx.Predict(e))
			must(t, tx.Predict(e)) // a second mutation changes no base
		}
		return nil
	})
	r.mustUpdate(t, func(tx *ReplicaTx) error { return tx.RestoreBases() })
	r.mustView(t, func(tx *ReplicaTx) error {
		got, err := tx.Record(hub.Key())
		must(t, err)
		if diff := cmp.Diff(future(t, hub), got); diff != "" {
			t.Errorf("ticket (-hub +view):\n%s", diff)
		}
		if _, err := tx.Get(note.Key()); !errors.Is(err, desk.ErrUnknown) {
			t.Errorf("%s still stands: %v", note.ID, err)
		}
		left, err := tx.Bases()
		if len(left) > 0 {
			t.Errorf("left %v", left)
		}
		return err
	})
}

// TestDigestsOfBothSidesAgree fills hub and laptop with the same records; what
// is pending on the laptop must not count.
func TestDigestsOfBothSidesAgree(t *testing.T) {
	c := openCentral(t, engines["SQLite"](t))
	r := openReplica(t, t.TempDir())
	homes := map[desk.TicketID][]desk.BucketID{}
	c.mustUpdate(t, func(ctx *CentralTx) error {
		r.mustUpdate(t, func(tx *ReplicaTx) error {
			put := func(e desk.Entity, buckets ...desk.BucketID) {
				for _, b := range buckets {
					enter(t, ctx, b, e)
				}
				must(t, tx.PutRecord(recordOf(t, e)))
			}
			for _, e := range oneOfEach() {
				if recordOf(t, e).Tree == "" {
					put(e, desk.Home(e)...)
				}
			}
			for i := range 30 {
				id := desk.TicketID(fmt.Sprintf("t%d", i))
				buckets := []desk.BucketID{"team:first", "user:ana", "triage", "user:ben"}[i%3 : i%3+1+i%2]
				homes[id] = buckets
				put(ticketOf(string(id), int64(i)), buckets...)
				put(noteOf("m"+string(id), id, "note"), buckets...)
				put(conflictOf("c"+string(id), id, desk.ConflictOpen), buckets...)
				must(t, tx.SetHomes(id, buckets))
			}
			return nil
		})
		return nil
	})
	compare := func(what string) {
		t.Helper()
		c.mustView(t, func(ctx *CentralTx) error {
			r.mustView(t, func(tx *ReplicaTx) error {
				for _, b := range []desk.BucketID{"org", "triage", "team:first", "user:ana", "user:ben"} {
					rows, sum, err := ctx.BucketDigest(b)
					must(t, err)
					gotRows, gotSum, err := tx.BucketDigest(b)
					must(t, err)
					if rows != gotRows || sum != gotSum {
						t.Errorf("%s: %s is %d, %x at the hub and %d, %x here", what, b, rows, sum, gotRows, gotSum)
					}
				}
				return nil
			})
			return nil
		})
	}
	compare("as loaded")
	r.mustUpdate(t, func(tx *ReplicaTx) error { return tx.BuildIndexes() })
	compare("with indexes")
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		changed := ticketOf("t1", 1)
		changed.Title = "pending"
		made := ticketOf("new", 99)
		for _, e := range []desk.Entity{changed, noteOf("mine", "t1", "pending"), made, noteOf("also mine", "new", "pending"),
			desk.Team{ID: "first", Name: "renamed"}, desk.Requester{ID: "r9", Name: "new"}} {
			must(t, tx.Predict(e))
		}
		must(t, tx.saveBase(noteOf("mt2", "t2", "").Key()))
		return tx.Delete(noteOf("mt2", "t2", "").Key())
	})
	compare("with pending changes")
}

func TestCursorsAreKept(t *testing.T) {
	r := openReplica(t, t.TempDir())
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		must(t, tx.SetCursor("org", Cursor{1, 5, true, 0}))
		must(t, tx.SetCursor("triage", Cursor{1, 5, false, 0}))
		must(t, tx.SetCursor("triage", Cursor{2, 9, true, 0}))
		must(t, tx.SetCursor("gone", Cursor{1, 1, true, 0}))
		return tx.DeleteCursor("gone")
	})
	r.mustView(t, func(tx *ReplicaTx) error {
		got, err := tx.Cursors()
		want := map[desk.BucketID]Cursor{"org": {1, 5, true, 0}, "triage": {2, 9, true, 0}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("cursors (-want +got):\n%s", diff)
		}
		return err
	})
}
