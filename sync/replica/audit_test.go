package replica

import (
	"database/sql"
	"encoding/json"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// TestWhatVanishedBehindOurBackIsMissed takes a row out of the file as no
// transaction of ours would: the comparisons of that day pass, and the audit of
// the next one tells (SPEC P26).
func TestWhatVanishedBehindOurBackIsMissed(t *testing.T) {
	folder := t.TempDir()
	replicas, err := store.OpenReplica(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer replicas.Close()
	c := &conversation{t, New(replicas, rand.New(rand.NewPCG(1, 2)), "test"), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	c.step(Woken{})
	c.step(Connected{})
	c.step(Received{protocol.Welcome{Protocol: protocol.Version, Epoch: "e", Buckets: map[desk.BucketID]protocol.Cursor{desk.BucketOrg: {Epoch: 1}}}})
	team := desk.Team{ID: "first", Name: "First line", Rev: 1}
	body, err := json.Marshal(team)
	if err != nil {
		t.Fatal(err)
	}
	record := desk.Record{Key: team.Key(), Rev: 1, Body: body}
	c.step(Received{protocol.Rows{N: 1, Bucket: desk.BucketOrg, Epoch: 1, To: 1, Rows: []protocol.Row{{Seq: 1, Record: record}}}})
	differs := func() (asked bool) {
		for _, effect := range c.step(Received{protocol.Checkpoint{
			Vector: map[desk.BucketID]int64{desk.BucketOrg: 1}, Time: c.now,
			Sums: map[desk.BucketID]protocol.Sum{desk.BucketOrg: {Rows: 1, Sum: record.Hash()}},
		}}) {
			if send, ok := effect.(Send); ok {
				asked = asked || send.Message.Type() == protocol.Digest{}.Type()
			}
		}
		return asked
	}
	audited := func() {
		for range 40 {
			c.now = c.now.Add(time.Second)
			c.step(Received{protocol.Pong{}})
			c.step(Ticked{})
			if differs() {
				t.Fatal("a sound copy differs")
			}
		}
	}
	audited()
	file, err := sql.Open("sqlite3", filepath.Join(folder, "replica.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Exec("DELETE FROM team"); err != nil {
		t.Fatal(err)
	}
	audited()
	c.now = c.now.Add(24 * time.Hour)
	for range 40 {
		c.now = c.now.Add(time.Second)
		c.step(Received{protocol.Checkpoint{Vector: map[desk.BucketID]int64{desk.BucketOrg: 1}, Time: c.now}})
		c.step(Ticked{})
	}
	if !differs() {
		t.Error("the audit of the next day did not miss it")
	}
}
