package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"holdall/desk"
)

// TestTheRunningDigestIsTheCountedOne lets everything happen to records and
// homes that may, shows some of them ahead of the hub and takes them back, and
// wants the running digest of each bucket to be the counted one, within a
// transaction and after it (SPEC P20).
func TestTheRunningDigestIsTheCountedOne(t *testing.T) {
	r := openReplica(t, t.TempDir())
	buckets := []desk.BucketID{"org", "mail", "triage", "team:first", "user:ana"}
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
			wantRows, wantSum, err := tx.BucketDigest(b)
			must(t, err)
			rows, sum, err := tx.BucketSum(b)
			must(t, err)
			if rows != wantRows || sum != wantSum {
				t.Fatalf("%s: %s runs at %d %x and counts %d %x", what, b, rows, sum, wantRows, wantSum)
			}
			counted += int(rows)
		}
	}
	for round := range 300 {
		r.mustUpdate(t, func(tx *ReplicaTx) error {
			takeBack(t, tx, random)
			for range random.IntN(4) {
				shake(t, tx, random)
			}
			if round%3 == 0 {
				same(tx, fmt.Sprint("within round ", round))
				shake(t, tx, random)
			}
			for range random.IntN(3) {
				ahead(t, tx, random)
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
	switch random.IntN(9) {
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
		must(t, tx.Put(desk.Mailbox{ID: desk.MailboxID(some), Waiting: random.IntN(9)}))
		must(t, tx.Put(desk.Rejection{ID: some, Person: "ana", Message: fmt.Sprint(random.IntN(9))}))
	case 8:
		must(t, tx.PutRecord(desk.Record{Key: desk.Key{Kind: "newer", ID: string(id) + some}, Tree: id, Rev: 1, Body: []byte(`{"a":` + some + `}`)}))
	}
}

// ahead shows something that the hub does not know yet.
func ahead(t *testing.T, tx *ReplicaTx, random *rand.Rand) {
	id := desk.TicketID(fmt.Sprint("t", random.IntN(6)))
	title := ticketOf(string(id), int64(id[1]))
	title.Title = fmt.Sprint("ahead ", random.IntN(9))
	must(t, tx.Predict([]desk.Entity{
		title, noteOf("m"+string(id)+"0", id, "ahead"), noteOf("new"+string(id), id, "ahead"),
		desk.Team{ID: "1", Name: fmt.Sprint("ahead ", random.IntN(9))}, desk.Rejection{ID: "1", Person: "ana", Dismissed: true},
	}[random.IntN(5)]))
}

// takeBack makes the view what the hub knows, one record at a time or all at once.
func takeBack(t *testing.T, tx *ReplicaTx, random *rand.Rand) {
	if random.IntN(2) == 0 {
		must(t, tx.RestoreBases())
		return
	}
	bases, err := tx.Bases()
	must(t, err)
	for _, b := range bases {
		must(t, tx.Restore([]desk.Key{b.Key, {Kind: desk.KindTeam, ID: "is not remembered"}}))
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

// TestDigestsOfAnOlderProgramAreCountedAnew: they counted what was shown ahead of
// the hub.
func TestDigestsOfAnOlderProgramAreCountedAnew(t *testing.T) {
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS("testdata/replica-5")))
	db, err := openSQLite(filepath.Join(dir, replicaFile), full)
	must(t, err)
	must(t, db.update(ctx, func(t *txn) error {
		return t.do("INSERT INTO base (kind, id, present, tree, rev, body) VALUES ('message', 'm1', 0, '', 0, '')")
	}))
	must(t, db.close())
	openReplica(t, dir).mustUpdate(t, func(tx *ReplicaTx) error {
		rows, sum, err := tx.BucketSum("triage")
		must(t, err)
		wantRows, wantSum, err := tx.BucketDigest("triage")
		if rows != 7 || rows != wantRows || sum != wantSum {
			t.Errorf("it runs at %d %x and counts %d %x", rows, sum, wantRows, wantSum)
		}
		return err
	})
}
