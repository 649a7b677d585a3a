package store

import (
	"testing"

	"holdall/desk"
	"holdall/desk/demo"
)

// TestTheSearchIsBuiltAtOnce: as one segment, which nothing has to merge, and
// afterwards gathers no more words than it does by itself.
func TestTheSearchIsBuiltAtOnce(t *testing.T) {
	r := openReplica(t, t.TempDir())
	defer r.Close()
	bulk := demo.NewBulk()
	trees := 2500
	must(t, r.BulkLoad(t.Context(), func(tx *ReplicaTx) error {
		for range trees {
			for _, e := range bulk.Tree() {
				if err := tx.Put(e); err != nil {
					return err
				}
			}
		}
		return nil
	}))
	r.mustView(t, func(tx *ReplicaTx) error {
		var bytes, segments int64
		if _, err := tx.find("SELECT v FROM search_config WHERE k = 'hashsize'", nil, &bytes); err != nil {
			return err
		}
		if _, err := tx.find("SELECT COUNT(DISTINCT segid) FROM search_idx", nil, &segments); err != nil {
			return err
		}
		if bytes != fewWords || segments != 1 {
			t.Errorf("%d segments, and %d bytes are gathered from now on", segments, bytes)
		}
		hits, err := tx.Search("printer", trees)
		if err != nil || len(hits) == 0 {
			t.Errorf("%d hits, %v", len(hits), err)
		}
		for _, h := range hits {
			if h.Snippet == "" {
				t.Errorf("%s was found and has no place that shows why", h.Ticket.Number)
			}
		}
		return nil
	})
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		return tx.Put(desk.Ticket{ID: "new", Number: "INC9999999", Kind: desk.Incident, Title: "zebra", State: desk.StateNew, OpenedAt: noon, UpdatedAt: noon})
	})
	r.mustView(t, func(tx *ReplicaTx) error {
		hits, err := tx.Search("zebra", 10)
		if err == nil && (len(hits) != 1 || hits[0].Ticket.ID != "new") {
			t.Errorf("what came after is found as %v", hits)
		}
		return err
	})
}
