package store

import (
	"fmt"
	"testing"

	"holdall/desk"
)

// enter puts an entity and its entry at the next sequence of a bucket.
func enter(t testing.TB, tx *CentralTx, bucket desk.BucketID, e desk.Entity) desk.Record {
	t.Helper()
	r, err := tx.Put(e)
	must(t, err)
	seq, err := tx.Advance(bucket, 1)
	must(t, err)
	must(t, tx.PutEntry(Entry{Bucket: bucket, Key: r.Key, Tree: r.Tree, Seq: seq, Hash: r.Hash()}))
	return r
}

func bucketsAreDense(t *testing.T, c *Central) {
	var want int64 = 1
	for _, n := range []int64{1, 5, 1, 20} {
		c.mustUpdate(t, func(tx *CentralTx) error {
			first, err := tx.Advance("triage", n)
			if first != want {
				t.Errorf("first of %d is %d, want %d", n, first, want)
			}
			want += n
			return err
		})
	}
}

func changesInOrder(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error {
		for i := range 7 {
			tk := ticketOf(fmt.Sprintf("t%d", i), int64(i))
			enter(t, tx, "triage", tk)
			enter(t, tx, "triage", noteOf(fmt.Sprintf("m%d", i), tk.ID, "note"))
		}
		enter(t, tx, "org", desk.Team{ID: "first", Name: "First line"})
		return nil
	})
	again := ticketOf("t2", 2)
	again.Title, again.Rev = "changed later", 2
	var last desk.Record
	c.mustUpdate(t, func(tx *CentralTx) error { last = enter(t, tx, "triage", again); return nil })
	c.mustView(t, func(tx *CentralTx) error {
		var all []Change
		for after := int64(0); ; {
			page, err := tx.Changes("triage", after, 4)
			must(t, err)
			if len(page) == 0 {
				break
			}
			all, after = append(all, page...), page[len(page)-1].Seq
		}
		if len(all) != 14 {
			t.Fatalf("%d changes, want 14: each record once", len(all))
		}
		for i, ch := range all {
			if i > 0 && ch.Seq <= all[i-1].Seq {
				t.Errorf("sequence %d follows %d", ch.Seq, all[i-1].Seq)
			}
			if _, err := desk.Decode(ch.Record); err != nil || ch.Record.Tree == "" {
				t.Errorf("change %d: %v, tree %q", ch.Seq, err, ch.Record.Tree)
			}
		}
		if newest := all[13]; newest.Seq != 15 || string(newest.Record.Body) != string(last.Body) || newest.Record.Rev != 2 {
			t.Errorf("newest change %d is %s", newest.Seq, newest.Record.Body)
		}
		return nil
	})
}

func dropLeavesOneEntry(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error {
		enter(t, tx, "triage", ticketOf("t1", 1))
		enter(t, tx, "triage", noteOf("m1", "t1", "note"))
		enter(t, tx, "triage", ticketOf("t2", 2))
		seq, err := tx.Advance("triage", 1)
		must(t, err)
		return tx.DropTree("triage", "t1", seq, noon)
	})
	c.mustView(t, func(tx *CentralTx) error {
		changes, err := tx.Changes("triage", 0, 10)
		must(t, err)
		if len(changes) != 2 || changes[0].Record.ID != "t2" {
			t.Fatalf("changes %v, want t2 and a drop", changes)
		}
		drop := changes[1]
		want := desk.Record{Key: desk.Key{Kind: desk.KindTicket, ID: "t1"}, Tree: "t1"}
		if !drop.Drop || drop.Seq != 4 || drop.Record.Key != want.Key || drop.Record.Tree != "t1" || len(drop.Record.Body) != 0 {
			t.Errorf("drop %+v", drop)
		}
		return nil
	})
	c.mustUpdate(t, func(tx *CentralTx) error { enter(t, tx, "triage", ticketOf("t1", 1)); return nil })
	c.mustView(t, func(tx *CentralTx) error {
		changes, err := tx.Changes("triage", 3, 10)
		if len(changes) != 1 || changes[0].Drop {
			t.Errorf("a tree that came back is %v", changes)
		}
		return err
	})
}

func digestOfTheLiving(t *testing.T, c *Central) {
	var want uint64
	c.mustUpdate(t, func(tx *CentralTx) error {
		for i := range 40 { // more than enough to overflow 64 bits
			want += enter(t, tx, "triage", ticketOf(fmt.Sprintf("t%d", i), int64(i))).Hash()
		}
		r, err := tx.Put(noteOf("m1", "t1", "without a hash of its own"))
		must(t, err)
		want += r.Hash()
		seq, err := tx.Advance("triage", 2)
		must(t, err)
		must(t, tx.PutEntry(Entry{Bucket: "triage", Key: r.Key, Tree: r.Tree, Seq: seq}))
		return tx.DropTree("triage", "gone", seq+1, noon)
	})
	c.mustView(t, func(tx *CentralTx) error {
		rows, sum, err := tx.BucketDigest("triage")
		if rows != 41 || sum != want {
			t.Errorf("digest %d, %x, want 41, %x", rows, sum, want)
		}
		must(t, err)
		rows, sum, err = tx.BucketDigest("team:none")
		if rows != 0 || sum != 0 {
			t.Errorf("digest of an empty bucket %d, %x", rows, sum)
		}
		return err
	})
}

func headsOfUntouched(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error { _, err := tx.Advance("org", 3); return err })
	c.mustView(t, func(tx *CentralTx) error {
		buckets := []desk.BucketID{"org"}
		for i := range 300 {
			buckets = append(buckets, desk.BucketID(fmt.Sprintf("team:%d", i)))
		}
		heads, err := tx.Heads(buckets)
		if heads["org"] != (Head{1, 3}) || heads["team:299"] != (Head{1, 0}) || len(heads) != 301 {
			t.Errorf("%d heads, org %v, an untouched one %v", len(heads), heads["org"], heads["team:299"])
		}
		return err
	})
}
