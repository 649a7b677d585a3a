package store

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/desk/demo"
)

// pageOf is a page of records of several sizes, ticket first, and of a kind this
// program does not know.
func pageOf(t testing.TB, n int) []desk.Record {
	page, err := demo.NewBulk().Records(n)
	must(t, err)
	page[n-1] = desk.Record{Key: desk.Key{Kind: "step", ID: "s1"}, Tree: page[0].Tree, Rev: 1, Body: json.RawMessage(`{"a":1}`)}
	return page
}

func TestAPageIsWhatItsRecordsAre(t *testing.T) {
	for _, n := range []int{1, readAhead - 1, readAhead, readAhead + 1, 3*readAhead + 7} {
		one, all := openReplica(t, t.TempDir()), openReplica(t, t.TempDir())
		page := pageOf(t, n)
		one.mustUpdate(t, func(tx *ReplicaTx) error {
			for _, r := range page {
				must(t, tx.PutFrom("triage", r))
			}
			return tx.BuildIndexes()
		})
		all.mustUpdate(t, func(tx *ReplicaTx) error {
			must(t, tx.PutPage("triage", page))
			return tx.BuildIndexes()
		})
		sums := func(r *Replica) (sum string) {
			r.mustView(t, func(tx *ReplicaTx) error {
				d, err := tx.viewDigest("triage")
				sum = fmt.Sprint(d)
				return err
			})
			return sum
		}
		if a, b := sums(one), sums(all); a != b {
			t.Errorf("%d records: one by one %s, as a page %s", n, a, b)
		}
		if all.shelf(t) != one.shelf(t) {
			t.Errorf("%d records: another search", n)
		}
	}
}

// TestAPageWithABrokenRecordIsNotKept, wherever it is.
func TestAPageWithABrokenRecordIsNotKept(t *testing.T) {
	for _, at := range []int{0, readAhead, 2*readAhead + 5} {
		r := openReplica(t, t.TempDir())
		page := pageOf(t, 2*readAhead+6)
		page[at].Kind, page[at].Body = desk.KindTicket, json.RawMessage(`{"id":`)
		err := r.Update(ctx, func(tx *ReplicaTx) error { return tx.PutPage("triage", page) })
		if err == nil || !strings.Contains(err.Error(), "decode ticket "+page[at].ID) {
			t.Errorf("the error is %v", err)
		}
		r.mustView(t, func(tx *ReplicaTx) error {
			trees, err := tx.TreesOf("triage")
			if len(trees) != 0 {
				t.Errorf("%d trees were kept", len(trees))
			}
			return err
		})
	}
}
