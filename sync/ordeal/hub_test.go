package ordeal

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"holdall/desk"
	"holdall/store"
)

var ctx = context.Background()

// team is where everybody works.
const team = "First line"

// hub is a place where a hub keeps its records, and the process that serves it.
type hub struct {
	t       testing.TB
	binary  string
	place   []string // flags that say where
	dsn     string   // the same for the store
	address string   // to listen on, the same at every start
	process *program
}

// sqliteHub founds a hub on SQLite in a folder.
func sqliteHub(t testing.TB, folder string) *hub {
	return found(t, []string{"--data", folder}, filepath.Join(folder, "hub.db"))
}

// found gives a hub its team; nobody works there yet.
func found(t testing.TB, place []string, dsn string) *hub {
	h := &hub{t: t, binary: holdalld(t), place: place, dsn: dsn, address: freeAddress(t)}
	h.admin("team", "add", team)
	return h
}

// admin does what an administrator does from a shell.
func (h *hub) admin(group, act, what string, flags ...string) {
	h.t.Helper()
	say(h.t, append(append([]string{group, act, what}, h.place...), flags...)...)
}

// hire adds a person who works at the desk and returns the address to sign in with.
func (h *hub) hire(name string) string {
	h.t.Helper()
	email := name + "@example.com"
	h.admin("user", "add", email, "--name", name, "--team", team)
	return email
}

// launch starts the hub, with more flags perhaps, and does not wait for it.
func (h *hub) launch(flags ...string) *program {
	h.process = launch(h.t, h.binary, slices.Concat([]string{"serve", "--listen", h.address}, h.place, flags)...)
	return h.process
}

// start starts the hub and waits until it listens.
func (h *hub) start() {
	h.t.Helper()
	h.launch().url()
}

func (h *hub) url() string { return "http://" + h.address }

func (h *hub) onSQLite() bool { return h.place[0] == "--data" }

// view reads the hub's records while it is down or at work.
func (h *hub) view(read func(*store.CentralTx) error) {
	h.t.Helper()
	central, err := store.OpenCentral(ctx, h.dsn)
	must(h.t, err)
	defer central.Close()
	must(h.t, central.View(ctx, read))
}

// examine checks the file of a hub that was killed, without touching it;
// PostgreSQL looks after its own.
func (h *hub) examine() {
	h.t.Helper()
	if !h.onSQLite() {
		return
	}
	copied, remove := copyOf(h.t, filepath.Dir(h.dsn))
	defer remove()
	intact(h.t, filepath.Join(copied, filepath.Base(h.dsn)))
}

// copyOf copies a folder, so that a look at it changes nothing in it.
func copyOf(t testing.TB, folder string) (copied string, remove func()) {
	t.Helper()
	copied, err := os.MkdirTemp(t.TempDir(), "copy")
	must(t, err)
	must(t, os.CopyFS(copied, os.DirFS(folder)))
	return copied, func() { must(t, os.RemoveAll(copied)) }
}

// epoch is the hub's life. It never changes: a hub that begins another one has
// forgotten something it acknowledged (SPEC P17).
func (h *hub) epoch() (epoch string) {
	h.view(func(tx *store.CentralTx) (err error) {
		epoch, err = tx.Epoch()
		return err
	})
	return epoch
}

// buckets are what everybody of the team is given.
func (h *hub) buckets(tx *store.CentralTx) []desk.BucketID {
	teams, err := tx.Teams()
	must(h.t, err)
	list := []desk.BucketID{desk.BucketOrg, desk.BucketTriage}
	for _, one := range teams {
		list = append(list, desk.TeamBucket(one.ID))
	}
	return list
}

// words counts the words of the ledger that stand at the hub.
func (h *hub) words() map[string]int {
	h.t.Helper()
	found := map[string]int{}
	h.view(func(tx *store.CentralTx) error {
		for _, b := range h.buckets(tx) {
			if err := each(tx, b, func(e desk.Entity) { count(found, e) }); err != nil {
				return err
			}
		}
		return nil
	})
	return found
}

// each tells what stands in a bucket.
func each(tx *store.CentralTx, b desk.BucketID, tell func(desk.Entity)) error {
	changes, err := tx.Changes(b, 0, 1<<30)
	for _, c := range changes {
		if c.Drop {
			continue
		}
		e, err := desk.Decode(c.Record)
		if err != nil {
			return err
		}
		tell(e)
	}
	return err
}

// count finds the word an entity carries: the title of a ticket and its labels,
// the text of a note.
func count(found map[string]int, e desk.Entity) {
	switch e := e.(type) {
	case desk.Ticket:
		found[e.Title]++
		for _, label := range e.Labels {
			found[label]++
		}
	case desk.Message:
		found[e.Text]++
	}
}

// intact lets SQLite itself look through a file, every page and every index.
func intact(t testing.TB, path string) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?_busy_timeout=10000")
	must(t, err)
	defer db.Close()
	rows, err := db.Query("PRAGMA integrity_check")
	must(t, err)
	defer rows.Close()
	var verdict []string
	for rows.Next() {
		var line string
		must(t, rows.Scan(&line))
		verdict = append(verdict, line)
	}
	must(t, rows.Err())
	if said := strings.Join(verdict, "; "); said != "ok" {
		t.Errorf("integrity_check of %s: %s", path, said)
	}
}
