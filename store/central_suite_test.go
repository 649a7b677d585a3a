package store

import (
	"context"
	"testing"

	"holdall/desk"
)

func (c *Central) mustUpdate(t testing.TB, fn func(*CentralTx) error) {
	t.Helper()
	must(t, c.Update(context.Background(), fn))
}

func (c *Central) mustView(t testing.TB, fn func(*CentralTx) error) {
	t.Helper()
	must(t, c.View(context.Background(), fn))
}

func TestCentralSmoke(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Central) {
		c.mustUpdate(t, func(tx *CentralTx) error {
			tk := ticketOf("t1", 1)
			r, err := tx.Put(tk)
			must(t, err)
			first, err := tx.Advance("triage", 1)
			must(t, err)
			must(t, tx.PutEntry(Entry{Bucket: "triage", Key: r.Key, Tree: r.Tree, Seq: first, Hash: r.Hash()}))
			ch, err := tx.Changes("triage", 0, 10)
			must(t, err)
			if len(ch) != 1 || string(ch[0].Record.Body) != string(r.Body) {
				t.Errorf("%v", ch)
			}
			n, err := tx.NextNumber(desk.Incident)
			must(t, err)
			l, err := tx.GrantLease("d", desk.Incident, 20)
			must(t, err)
			t.Log(n, l)
			return nil
		})
	})
}
