package store

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"holdall/desk"
)

// enter puts an entity and its entry at the next sequence of a bucket.
func enter(t testing.TB, tx *CentralTx, bucket desk.BucketID, e desk.Entity) desk.Record {
	t.Helper()
	r, err := tx.Put(e)
	must(t, err)
	_, err = tx.Post(bucket, []Entry{entryOf(r)}, noon)
	must(t, err)
	return r
}

func entryOf(r desk.Record) Entry { return Entry{Key: r.Key, Tree: r.Tree, Hash: r.Hash()} }

// leave takes a tree out of a bucket.
func leave(t testing.TB, tx *CentralTx, bucket desk.BucketID, tree desk.TicketID) {
	t.Helper()
	_, err := tx.Post(bucket, []Entry{{Key: desk.Ticket{ID: tree}.Key(), Tree: tree, Drop: true}}, noon)
	must(t, err)
}

// bucketsAreDense: a bucket's counter moves by one with each record (SPEC R7).
func bucketsAreDense(t *testing.T, c *Central) {
	var want int64
	for _, n := range []int{1, 5, 1, 20} {
		entries := make([]Entry, n)
		for i := range entries {
			entries[i] = Entry{Key: desk.Key{Kind: desk.KindTicket, ID: fmt.Sprint("t", n, "-", i)}, Hash: uint64(i)}
		}
		want += int64(n) // outside of what may run again
		c.mustUpdate(t, func(tx *CentralTx) error {
			last, err := tx.Post("triage", entries, noon)
			if last != want {
				t.Errorf("the last of %d is %d, want %d", n, last, want)
			}
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
		leave(t, tx, "triage", "t1")
		return nil
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
		want = 0
		for i := range 40 { // more than enough to overflow 64 bits
			want += enter(t, tx, "triage", ticketOf(fmt.Sprintf("t%d", i), int64(i))).Hash()
		}
		want += enter(t, tx, "triage", noteOf("m1", "t1", "note")).Hash()
		leave(t, tx, "triage", "gone")
		return nil
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
	c.mustUpdate(t, func(tx *CentralTx) error {
		for _, id := range []desk.TeamID{"a", "b", "c"} {
			enter(t, tx, "org", desk.Team{ID: id})
		}
		return nil
	})
	c.mustView(t, func(tx *CentralTx) error {
		buckets := []desk.BucketID{"org"}
		for i := range 300 {
			buckets = append(buckets, desk.BucketID(fmt.Sprintf("team:%d", i)))
		}
		heads, err := tx.Heads(buckets)
		if org := heads["org"]; org.Epoch != 1 || org.Seq != 3 || org.Rows != 3 || heads["team:299"] != (Head{Epoch: 1}) || len(heads) != 301 {
			t.Errorf("%d heads, org %v, an untouched one %v", len(heads), heads["org"], heads["team:299"])
		}
		return err
	})
}

// runningDigest: whatever is put, put again, dropped and put once more, also
// within one Post, the running digest is the one that is counted (SPEC P20).
func runningDigest(t *testing.T, c *Central) {
	same := func(what string) {
		t.Helper()
		c.mustView(t, func(tx *CentralTx) error {
			heads, err := tx.Heads([]desk.BucketID{"triage"})
			must(t, err)
			rows, sum, err := tx.BucketDigest("triage")
			if h := heads["triage"]; h.Rows != rows || h.Sum != sum {
				t.Errorf("%s: running %d %x, counted %d %x", what, h.Rows, h.Sum, rows, sum)
			}
			return err
		})
	}
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 60 {
		c.mustUpdate(t, func(tx *CentralTx) error {
			var entries []Entry
			for i := range 1 + random.IntN(5) {
				tree := desk.TicketID(fmt.Sprint("t", random.IntN(4), "-", i))
				if random.IntN(3) == 0 {
					entries = append(entries, Entry{Key: desk.Ticket{ID: tree}.Key(), Tree: tree, Drop: true})
					continue
				}
				for _, kind := range []desk.Kind{desk.KindTicket, desk.KindMessage, desk.KindEvent}[:1+random.IntN(3)] {
					entries = append(entries, Entry{Key: desk.Key{Kind: kind, ID: string(tree)}, Tree: tree, Hash: random.Uint64()})
				}
			}
			_, err := tx.Post("triage", entries, noon)
			return err
		})
		same(fmt.Sprint("round ", round))
	}
	c.mustUpdate(t, func(tx *CentralTx) error { return tx.do("UPDATE bucket SET low = 7, records = 0") })
	c.mustUpdate(t, func(tx *CentralTx) error { return tx.Recount("triage") })
	same("counted again")
}

// partsAndMarks: the parts add up to the digest, and the marks of some parts
// are the living entries whose hashes end so (SPEC P21).
func partsAndMarks(t *testing.T, c *Central) {
	all := map[desk.Key]uint64{}
	c.mustUpdate(t, func(tx *CentralTx) error {
		for i := range 300 {
			r := enter(t, tx, "triage", ticketOf(fmt.Sprintf("t%d", i), int64(i)))
			all[r.Key] = r.Hash()
		}
		leave(t, tx, "triage", "t7")
		delete(all, desk.Ticket{ID: "t7"}.Key())
		return nil
	})
	c.mustView(t, func(tx *CentralTx) error {
		parts, err := tx.BucketParts("triage")
		must(t, err)
		var sum uint64
		for _, p := range parts {
			sum += p
		}
		if _, want, err := tx.BucketDigest("triage"); err != nil || sum != want {
			t.Errorf("the parts add up to %x, want %x (%v)", sum, want, err)
		}
		marks, err := tx.Marks("triage", []byte{0, 17, 255})
		must(t, err)
		want := 0
		for _, hash := range all {
			if p := byte(hash); p == 0 || p == 17 || p == 255 {
				want++
			}
		}
		for _, m := range marks {
			if all[m.Key] != m.Hash || m.Tree != desk.TicketID(m.ID) {
				t.Errorf("mark %+v", m)
			}
		}
		if len(marks) != want || want == 0 {
			t.Errorf("%d marks, want %d", len(marks), want)
		}
		standing, rest, err := tx.Standing("triage", []desk.Key{{Kind: desk.KindTicket, ID: "t3"}, {Kind: desk.KindTicket, ID: "t7"}, {Kind: desk.KindMessage, ID: "t3"}}, 1<<20)
		if len(standing) != 1 || len(rest) != 0 || standing[0].Record.ID != "t3" || len(standing[0].Record.Body) == 0 {
			t.Errorf("standing %+v", standing)
		}
		return err
	})
	c.mustView(t, func(tx *CentralTx) error {
		texts := rewrittenTexts()
		for p := range byte(100) {
			_, err := tx.Marks("triage", []byte{p, p + 100})
			must(t, err)
		}
		if grown := rewrittenTexts() - texts; grown > 1 {
			t.Errorf("%d texts are kept of one question", grown)
		}
		return nil
	})
}

// rewrittenTexts counts the texts of statements that are kept.
func rewrittenTexts() (n int) {
	rewritten.Range(func(any, any) bool { n++; return true })
	return n
}

// pagesHoldLittle: however large records are, a reading of a bucket ends soon after its
// bytes, and what is left comes with the next one, each record once.
func pagesHoldLittle(t *testing.T, c *Central) {
	const size, total, most = 400_000, 12, 1 << 20
	var keys []desk.Key
	c.mustUpdate(t, func(tx *CentralTx) error {
		for i := range total {
			note := noteOf(fmt.Sprintf("m%02d", i), "t1", strings.Repeat("x", size))
			keys = append(keys, note.Key())
			enter(t, tx, "triage", note)
		}
		return nil
	})
	c.mustView(t, func(tx *CentralTx) error {
		seen := map[string]int{}
		take := func(page []Change) int64 {
			t.Helper()
			if len(page) == 0 || len(page) > most/size+1 {
				t.Fatalf("%d records at once", len(page))
			}
			for _, change := range page {
				seen[change.Record.ID]++
			}
			return page[len(page)-1].Seq
		}
		for after := int64(0); after < total; {
			page, err := tx.Page("triage", after, 1000, most)
			must(t, err)
			after = take(page)
		}
		for below := int64(total + 1); below > 1; {
			page, err := tx.PageBelow("triage", below, 1000, most)
			must(t, err)
			below = take(page)
		}
		for rest := keys; len(rest) > 0; {
			page, left, err := tx.Standing("triage", rest, most)
			must(t, err)
			take(page)
			rest = left
		}
		for _, k := range keys {
			if seen[k.ID] != 3 {
				t.Errorf("%s came %d times", k.ID, seen[k.ID])
			}
		}
		return nil
	})
}
