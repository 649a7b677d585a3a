package store

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdall/desk"

	"github.com/google/go-cmp/cmp"
)

// odd are bodies of trees that do not begin as a hub writes them, and ids that
// JSON escapes.
func odd(t *testing.T) []desk.Record {
	of := func(kind desk.Kind, id, body string) desk.Record {
		return desk.Record{Key: desk.Key{Kind: kind, ID: id}, Tree: "t2", Rev: 3, Body: json.RawMessage(body)}
	}
	quoted := ticketOf("t3", 3)
	quoted.Title = `Printer "Anna" is out of toner`
	return []desk.Record{
		recordOf(t, quoted),
		future(t, ticketOf("t2", 2)),
		of(desk.KindMessage, "m9", `{"ticket":"t2","id":"m9","text":"in another order"}`),
		of(desk.KindMessage, "m10", `{"id":"m10"}`),
		of(desk.KindMessage, "m11", `{"id":"m11","ticket":"t2"}`),
		of(desk.KindMessage, "m12", `{"id":"m12","ticket":"t2","text":"Grüße"}`),
		of(desk.KindMessage, "m13", ` {"id":"m13","ticket":"t2","text":"after a space"}`),
		of(desk.KindMessage, "m14", `{"id":"m14","ticket":"another","text":"of another tree"}`),
		of(desk.KindEvent, `e"1`, `{"id":"e\"1","ticket":"t2","kind":"created"}`),
		of(desk.KindEvent, "e<2", `{"id":"e\u003c2","ticket":"t2","kind":"created"}`),
	}
}

func TestABodyIsReadAsItWasWritten(t *testing.T) {
	r := openReplica(t, t.TempDir())
	list := odd(t)
	for _, e := range oneOfEach() {
		list = append(list, recordOf(t, e))
	}
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		for _, rec := range list {
			must(t, tx.PutRecord(rec))
		}
		return nil
	})
	r.mustView(t, func(tx *ReplicaTx) error {
		for _, want := range list {
			got, err := tx.Record(want.Key)
			must(t, err)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s %s (-sent +kept):\n%s", want.Kind, want.ID, diff)
			}
		}
		var twice int64
		_, err := tx.find("SELECT (SELECT COUNT(*) FROM message WHERE id IN ('m1', 'm12') AND body LIKE '%\"id\"%')"+
			" + (SELECT COUNT(*) FROM ticket WHERE number <> 'INC0000003' AND body LIKE '%\"title\"%')", nil, &twice)
		if twice != 0 {
			t.Errorf("%d bodies keep what their rows tell", twice)
		}
		return err
	})
}

// TestATreeHasItsNumberOnce lets a tree come, go and come again within one
// transaction and over several.
func TestATreeHasItsNumberOnce(t *testing.T) {
	r := openReplica(t, t.TempDir())
	come := func(tx *ReplicaTx) {
		must(t, tx.Put(noteOf("m1", "t1", "before its ticket")))
		must(t, tx.PutFrom("triage", recordOf(t, ticketOf("t1", 1))))
	}
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		come(tx)
		must(t, tx.Put(ticketOf("t2", 2)))
		must(t, tx.DropTree("t1"))
		come(tx)
		return nil
	})
	r.mustUpdate(t, func(tx *ReplicaTx) error { must(t, tx.DropTree("t2")); come(tx); return nil })
	r.mustView(t, func(tx *ReplicaTx) error {
		var trees int64
		_, err := tx.find("SELECT COUNT(*) FROM tree", nil, &trees)
		must(t, err)
		homes, err := tx.Homes("t1")
		must(t, err)
		thread, err := tx.Thread("t1")
		if trees != 1 || len(homes) != 1 || homes[0] != "triage" || len(thread) != 1 {
			t.Errorf("%d trees, homes %v, %d messages", trees, homes, len(thread))
		}
		return err
	})
}

// TestAReplicaIsLedUpInPlace: testdata/replica-5 was written by version 5, with
// records of every kind, odd ones, a message before its ticket and a pending
// change. Nothing of it is lost, and every digest is what version 5 said.
func TestAReplicaIsLedUpInPlace(t *testing.T) {
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS("testdata/replica-5")))
	r := openReplica(t, dir)
	if r.Repaired() != "" {
		t.Fatal(r.Repaired())
	}
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		for _, want := range []desk.Record{odd(t)[2], {Key: desk.Key{Kind: "step", ID: "s1"}, Tree: "t1", Rev: 1, Body: json.RawMessage(`{"a":1}`)}} {
			got, err := tx.Record(want.Key)
			must(t, err)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s %s (-version 5 +now):\n%s", want.Kind, want.ID, diff)
			}
		}
		for bucket, was := range map[desk.BucketID]uint64{"org": 11962844124382410149, "triage": 8150224688422230506, "user:ana": 17298534275551867794} {
			rows, sum, err := tx.BucketSum(bucket)
			must(t, err)
			if rows == 0 || sum != was {
				t.Errorf("%s has %d records with %d", bucket, rows, sum)
			}
		}
		for tree, want := range map[desk.TicketID][]desk.BucketID{"t1": {"triage", "user:ana"}, "t2": {"triage"}, "t9": {"user:ana"}} {
			homes, err := tx.Homes(tree)
			must(t, err)
			if diff := cmp.Diff(want, homes); diff != "" {
				t.Errorf("homes of %s:\n%s", tree, diff)
			}
		}
		bases, err := tx.Bases()
		must(t, err)
		hits, err := tx.Search("toner", 10)
		if len(bases) != 1 || len(hits) != 2 {
			t.Errorf("%d bases, %d hits", len(bases), len(hits))
		}
		return err
	})
	pending, err := r.Pending(ctx)
	must(t, err)
	if len(pending) != 1 {
		t.Errorf("%d pending changes", len(pending))
	}
}

// TestNoCopyIsKeptOfWhatCanBeFetched: it would take as much room once more, for
// ever, and hold what this person may not read any more (SPEC I10). Of the outbox
// there is one.
func TestNoCopyIsKeptOfWhatCanBeFetched(t *testing.T) {
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS("testdata/version-2")))
	must(t, os.WriteFile(filepath.Join(dir, "replica.db.version-1"), []byte("an older program's"), 0o600))
	r := openReplica(t, dir)
	if r.Repaired() != "" {
		t.Fatal(r.Repaired())
	}
	copies, err := filepath.Glob(filepath.Join(dir, "*.version-*"))
	must(t, err)
	if len(copies) != 1 || !strings.HasPrefix(filepath.Base(copies[0]), outboxFile) {
		t.Errorf("kept %v", copies)
	}
}
