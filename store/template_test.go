package store

import (
	"os"
	"path/filepath"
	"testing"

	"holdall/desk"
)

var canned = desk.Template{ID: "te", Use: desk.UseAnswer, Name: "Received", Team: "alpha", Language: "de", Text: "Guten Tag {{requester.name}}", Rev: 3}

// TestTemplatesOfANewerHubComeHome: a laptop that knew no templates kept them as
// bytes; the version that knows them finds them.
func TestTemplatesOfANewerHubComeHome(t *testing.T) {
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS("testdata/version-11")))
	r, err := desk.Encode(canned)
	must(t, err)
	db, err := openSQLite(filepath.Join(dir, replicaFile), full)
	must(t, err)
	must(t, db.update(ctx, func(t *txn) error { return t.putUnknown(r) }))
	must(t, db.close())
	openReplica(t, dir).mustView(t, func(tx *ReplicaTx) error {
		list, err := tx.Templates()
		if len(list) != 1 || list[0] != canned {
			t.Errorf("templates %+v", list)
		}
		return err
	})
}

func TestTemplatesAreKeptByBothEngines(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Central) {
		c.mustUpdate(t, func(tx *CentralTx) error { _, err := tx.Put(canned); return err })
		c.mustView(t, func(tx *CentralTx) error {
			list, err := tx.Templates()
			if len(list) != 1 || list[0].Text != canned.Text {
				t.Errorf("templates %+v", list)
			}
			return err
		})
	})
}
