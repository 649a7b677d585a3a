package store

import (
	"fmt"
	"testing"

	"holdall/desk"
)

// TestAnAuditFindsWhatChangedBehindOurBack: bodies that are not what their
// hashes say are found in slices, and the running digests tell of them (SPEC
// P26).
func TestAnAuditFindsWhatChangedBehindOurBack(t *testing.T) {
	r := openReplica(t, t.TempDir())
	buckets := []desk.BucketID{"org", "mail", "triage", "user:ana"}
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		for _, b := range buckets {
			must(t, tx.SetCursor(b, Cursor{Epoch: 1, Seq: 1, Filled: true}))
		}
		for _, e := range oneOfEach() {
			must(t, tx.Put(e))
		}
		for i := range 20 {
			id := desk.TicketID(fmt.Sprint("t", i))
			must(t, tx.Put(ticketOf(string(id), int64(100+i))))
			must(t, tx.Put(noteOf("n"+string(id), id, "note")))
			must(t, tx.Enter(id, "triage"))
		}
		return tx.PutRecord(desk.Record{Key: desk.Key{Kind: "newer", ID: "x"}, Tree: "t1", Rev: 1, Body: []byte(`{"a":1}`)})
	})
	sums := func() (list []uint64) {
		r.mustUpdate(t, func(tx *ReplicaTx) error {
			for _, b := range buckets {
				_, sum, err := tx.BucketSum(b)
				must(t, err)
				list = append(list, sum)
			}
			return nil
		})
		return list
	}
	audit := func() (slices int) {
		for place := ""; slices == 0 || place != ""; slices++ {
			r.mustUpdate(t, func(tx *ReplicaTx) (err error) { place, err = tx.Audit(place, 7); return err })
		}
		return slices
	}
	before := sums()
	if n := audit(); n < len(auditKinds) {
		t.Errorf("an audit of %d slices", n)
	}
	if fmt.Sprint(sums()) != fmt.Sprint(before) {
		t.Fatal("the audit of a sound replica changed it")
	}
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		must(t, tx.do("UPDATE message SET body = replace(body, 'note', 'nose') WHERE id = 'nt19'"))
		must(t, tx.do("UPDATE record SET body = '{\"a\":2}'"))
		return tx.do("UPDATE person SET body = replace(body, 'ana', 'ann')")
	})
	if fmt.Sprint(sums()) != fmt.Sprint(before) {
		t.Fatal("the running digests knew it before")
	}
	audit()
	after := sums()
	if after[0] == before[0] || after[1] != before[1] || after[2] == before[2] || after[3] != before[3] {
		t.Errorf("before %x, after %x", before, after)
	}
	r.mustView(t, func(tx *ReplicaTx) error {
		for i, b := range buckets {
			d, err := tx.viewDigest(b)
			must(t, err)
			if d.sum() != after[i] {
				t.Errorf("%s runs at %x and counts %x", b, after[i], d.sum())
			}
		}
		return nil
	})
}
