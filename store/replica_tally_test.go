package store

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"holdall/desk"
)

// TestTheRunningDigestIsTheCountedOne lets everything happen to records and
// homes that may, and wants the running digest of each bucket to be the counted
// one, within a transaction and after it (SPEC P20).
func TestTheRunningDigestIsTheCountedOne(t *testing.T) {
	r := openReplica(t, t.TempDir())
	buckets := []desk.BucketID{"org", "triage", "team:first", "user:ana"}
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		for _, b := range buckets {
			must(t, tx.SetCursor(b, Cursor{Epoch: 1, Seq: 1, Filled: true}))
		}
		return nil
	})
	random := rand.New(rand.NewPCG(3, 4))
	counted := 0
	same := func(tx *ReplicaTx, what string) {
		t.Helper()
		for _, b := range buckets {
			want, err := tx.viewDigest(b)
			must(t, err)
			rows, sum, err := tx.BucketSum(b)
			must(t, err)
			if rows != want.rows || sum != want.sum() {
				t.Fatalf("%s: %s runs at %d %x and counts %d %x", what, b, rows, sum, want.rows, want.sum())
			}
			counted += int(rows)
		}
	}
	for round := range 300 {
		r.mustUpdate(t, func(tx *ReplicaTx) error {
			for range random.IntN(4) {
				shake(t, tx, random)
			}
			if round%3 == 0 {
				same(tx, fmt.Sprint("within round ", round))
				shake(t, tx, random)
			}
			return nil
		})
		r.mustUpdate(t, func(tx *ReplicaTx) error { same(tx, fmt.Sprint("after round ", round)); return nil })
	}
	if counted == 0 {
		t.Error("nothing was ever counted")
	}
}

// shake does one thing to the records or their homes.
func shake(t *testing.T, tx *ReplicaTx, random *rand.Rand) {
	id := desk.TicketID(fmt.Sprint("t", random.IntN(6)))
	some := fmt.Sprint(random.IntN(3))
	title := ticketOf(string(id), int64(id[1]))
	title.Title = some
	switch random.IntN(10) {
	case 0, 1:
		must(t, tx.Put(title))
		must(t, tx.Enter(id, "triage"))
	case 2:
		must(t, tx.Put(noteOf("m"+string(id)+some, id, fmt.Sprint(random.IntN(9)))))
	case 3:
		must(t, tx.Enter(id, "user:ana"))
	case 4:
		must(t, tx.SetHomes(id, []desk.BucketID{"team:first", "user:ana"}[:random.IntN(3)]))
	case 5:
		must(t, tx.DropTree(id))
	case 6:
		must(t, tx.Delete([]desk.Key{title.Key(), noteOf("m"+string(id)+some, id, "").Key()}[random.IntN(2)]))
	case 7:
		must(t, tx.Put(desk.Team{ID: desk.TeamID(some), Name: fmt.Sprint(random.IntN(9))}))
		must(t, tx.Put(desk.Rejection{ID: some, Person: "ana", Message: fmt.Sprint(random.IntN(9))}))
	case 8:
		must(t, tx.PutRecord(desk.Record{Key: desk.Key{Kind: "newer", ID: string(id) + some}, Tree: id, Rev: 1, Body: []byte(`{"a":` + some + `}`)}))
	case 9:
		must(t, tx.SaveBase(title.Key()))
		must(t, tx.Put(title))
		_, err := tx.RestoreBases()
		must(t, err)
	}
}

// TestDoubtIsSettledByCounting: what was lost behind our back shows as soon as
// the bucket is counted again.
func TestDoubtIsSettledByCounting(t *testing.T) {
	r := openReplica(t, t.TempDir())
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		must(t, tx.SetCursor("triage", Cursor{Epoch: 1, Filled: true}))
		must(t, tx.Put(ticketOf("t1", 1)))
		return tx.Enter("t1", "triage")
	})
	for _, step := range []struct {
		what string
		do   func(tx *ReplicaTx) error
		want int64
	}{
		{"as stored", func(*ReplicaTx) error { return nil }, 1},
		{"lost unseen", func(tx *ReplicaTx) error { return tx.do("DELETE FROM ticket") }, 1},
		{"in doubt", func(tx *ReplicaTx) error { return tx.Doubt("triage") }, 0},
	} {
		r.mustUpdate(t, func(tx *ReplicaTx) error {
			must(t, step.do(tx))
			rows, _, err := tx.BucketSum("triage")
			if rows != step.want {
				t.Errorf("%s: %d rows, want %d", step.what, rows, step.want)
			}
			return err
		})
	}
}
