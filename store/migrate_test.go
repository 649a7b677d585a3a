package store

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"holdall/desk"
)

// planted is the plan of the next version, with one step of the test's own.
func planted(t *testing.T, p plan, step string) plan {
	t.Helper()
	p.version++
	files := fstest.MapFS{plantedStep(p): {Data: []byte(step)}}
	for _, folder := range p.schema {
		names, err := fs.Glob(texts, folder+"/*.sql")
		must(t, err)
		for _, name := range names {
			data, err := texts.ReadFile(name)
			must(t, err)
			files[name] = &fstest.MapFile{Data: data}
		}
	}
	p.files = files
	return p
}

func plantedStep(p plan) string { return fmt.Sprintf("migrations/%s/%04d_test.sql", p.name, p.version) }

func TestAnOlderDatabaseClimbs(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Central) {
		c.mustUpdate(t, func(tx *CentralTx) error { _, err := tx.Put(ticketOf("t1", 1)); return err })
		next := planted(t, centralPlan, "-- A step; with a semicolon in its essay.\nALTER TABLE team ADD COLUMN colour TEXT;\nUPDATE ticket SET title = 'climbed';")
		must(t, next.migrate(ctx, c.db))
		must(t, next.migrate(ctx, c.db))
		version, application, err := c.db.identify(ctx)
		must(t, err)
		if version != next.version || application != centralPlan.application {
			t.Errorf("version %d of %x", version, application)
		}
		c.mustView(t, func(tx *CentralTx) error {
			var title string
			found, err := tx.find("SELECT title FROM ticket", nil, &title)
			if !found || title != "climbed" {
				t.Errorf("ticket %v, %q", found, title)
			}
			return err
		})
		if c.db.dialect == sqlite {
			old := openCentral(t, fmt.Sprintf("%s.version-%d", c.db.name, centralPlan.version))
			old.mustView(t, func(tx *CentralTx) error { _, err := tx.TicketByNumber("INC0000001"); return err })
		}
	})
}

func TestAStepThatFailsLeavesTheDatabaseAsItWas(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Central) {
		c.mustUpdate(t, func(tx *CentralTx) error { _, err := tx.Put(ticketOf("t1", 1)); return err })
		for _, step := range []string{"DROP TABLE message;\nALTER TABLE nothing ADD COLUMN a TEXT;", ""} {
			next := planted(t, centralPlan, step)
			if step == "" {
				delete(next.files.(fstest.MapFS), plantedStep(next))
			}
			if err := next.migrate(ctx, c.db); err == nil {
				t.Errorf("step %q went through", step)
			}
		}
		must(t, centralPlan.migrate(ctx, c.db))
		c.mustView(t, func(tx *CentralTx) error { _, err := tx.Replies(desk.DeliverySent, 1); return err })
	})
}

func TestANewerDatabaseIsRefusedAndLeftAlone(t *testing.T) {
	t.Run("hub", func(t *testing.T) {
		for engine, dsn := range engines {
			address := dsn(t)
			c := openCentral(t, address)
			must(t, c.db.update(ctx, func(t *txn) error { return t.identity(centralPlan.application, 99) }))
			must(t, c.Close())
			_, err := OpenCentral(ctx, address)
			sentence(t, err, desk.CodeVersion, "newer", "99")
			if engine == "SQLite" {
				if left, _ := filepath.Glob(address + ".*"); len(left) != 0 {
					t.Errorf("it was touched: %v", left)
				}
			}
		}
	})
	for _, file := range []string{outboxFile, replicaFile} {
		t.Run(file, func(t *testing.T) {
			dir := t.TempDir()
			r := openReplica(t, dir)
			db := map[string]*database{outboxFile: r.outbox, replicaFile: r.replica}[file]
			_, err := db.write.Exec("PRAGMA user_version = 99")
			must(t, err)
			must(t, r.Close())
			before, err := os.ReadFile(filepath.Join(dir, file))
			must(t, err)
			_, err = OpenReplica(ctx, dir)
			sentence(t, err, desk.CodeVersion, file, "newer")
			after, err := os.ReadFile(filepath.Join(dir, file))
			must(t, err)
			if !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestAnotherKindOfDatabaseIsRefused(t *testing.T) {
	dir := t.TempDir()
	openReplica(t, dir).Close()
	_, err := OpenCentral(ctx, filepath.Join(dir, replicaFile))
	sentence(t, err, desk.CodeVersion, replicaFile)
}

var update = flag.Bool("update", false, "write testdata anew")

// TestEveryReleasedVersionOpens opens a copy of a small database of each
// version. A new version adds its own and leaves the others as they are.
func TestEveryReleasedVersionOpens(t *testing.T) {
	if *update {
		writeVersion(t, fmt.Sprintf("testdata/version-%d", max(centralPlan.version, replicaPlan.version, outboxPlan.version)))
	}
	versions, err := filepath.Glob("testdata/version-*")
	must(t, err)
	if len(versions) == 0 {
		t.Error("there is no version to open")
	}
	for _, version := range versions {
		t.Run(filepath.Base(version), func(t *testing.T) { versionOpens(t, version) })
	}
}

func versionOpens(t *testing.T, version string) {
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS(version)))
	r := openReplica(t, dir)
	if r.Repaired() != "" {
		t.Error(r.Repaired())
	}
	who, err := r.Identity(ctx)
	must(t, err)
	pending, err := r.Pending(ctx)
	must(t, err)
	if who.Device != "d1" || len(pending) != 1 || pending[0].Mutation.Mid != 1 {
		t.Errorf("identity %+v, %d pending", who, len(pending))
	}
	r.mustView(t, func(tx *ReplicaTx) error {
		hits, err := tx.Search("toner", 10)
		if len(hits) != 1 {
			t.Errorf("%d hits", len(hits))
		}
		return err
	})
	c := openCentral(t, filepath.Join(dir, "central.db"))
	c.mustView(t, func(tx *CentralTx) error {
		changes, err := tx.Changes("triage", 0, 10)
		if len(changes) != 1 || changes[0].Record.ID != "t1" {
			t.Errorf("changes %v", changes)
		}
		return err
	})
}

func writeVersion(t *testing.T, folder string) {
	must(t, os.RemoveAll(folder))
	r := openReplica(t, folder)
	must(t, r.SetIdentity(ctx, Identity{Device: "d1", Person: "ana"}))
	_, err := r.Append(ctx, []desk.Mutation{patch(t, "t1", "later")})
	must(t, err)
	must(t, r.BulkLoad(ctx, func(tx *ReplicaTx) error { return tx.Put(ticketOf("t1", 1)) }))
	must(t, r.Close())
	c := openCentral(t, filepath.Join(folder, "central.db"))
	c.mustUpdate(t, func(tx *CentralTx) error { enter(t, tx, "triage", ticketOf("t1", 1)); return nil })
	must(t, c.Close())
}

// TestTimeEntriesOfANewerHubComeHome: a laptop that did not know the time log
// kept its entries as bytes; the version that knows it finds them.
func TestTimeEntriesOfANewerHubComeHome(t *testing.T) {
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS("testdata/version-2")))
	e := desk.TimeEntry{ID: "l1", Ticket: "t1", Person: "ana", Minutes: 15, At: noon, SyncedAt: noon}
	r, err := desk.Encode(e)
	must(t, err)
	db, err := openSQLite(filepath.Join(dir, replicaFile), full)
	must(t, err)
	must(t, db.update(ctx, func(t *txn) error { return t.putUnknown(r) }))
	must(t, db.close())
	openReplica(t, dir).mustView(t, func(tx *ReplicaTx) error {
		log, err := tx.TimeLog("t1")
		if len(log) != 1 || log[0] != e {
			t.Errorf("time log %+v", log)
		}
		return err
	})
}
