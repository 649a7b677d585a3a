package bench

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"holdall/desk"
	"holdall/desk/demo"
	"holdall/store"
)

// coldSync is a first sign-in: a fresh replica on disk, over a websocket, with
// its indexes and its search, beside a bare insert of the same rows by the same
// driver: into one table, and into the tables, indexes and search of a replica,
// which is what has to lie on the disk in the end.
func coldSync(tb testing.TB, v volume) []line {
	folder, list, rate := filled(tb, v.rows)
	limit := float64(len(list)) / bareInsert(tb, list).Seconds()
	alone := float64(len(list)) / bareReplica(tb, list).Seconds()
	return []line{{
		what:   fmt.Sprintf("cold sync of %s rows to disk, with search", count(len(list))),
		figure: count(int(rate)) + " rows/s", limit: "bare insert " + count(int(limit)) + " rows/s",
		ratio: rate / limit, goal: "≥ 40,000 rows/s and ≥ 0.50", holds: rate >= 40_000 && rate/limit >= 0.5,
	}, {
		what:   "  the same beside a replica that no hub fills",
		figure: count(int(rate)) + " rows/s", limit: "its tables, indexes, search " + count(int(alone)) + " rows/s",
		ratio: rate / alone, goal: "≥ 0.50", holds: rate/alone >= 0.5,
	}, fileSize(tb, folder, list)}
}

// filled lets a fresh replica on disk fetch all of a hub with so many records,
// until its search stands. It returns where the replica is, what it was filled
// with, and how many rows it took in a second.
func filled(tb testing.TB, rows int) (folder string, list []desk.Record, rate float64) {
	c := newCentral(tb, stocked(tb, rows))
	begun := time.Now()
	l := c.laptop(ana.ID)
	l.complete(tb)
	took := time.Since(begun)
	n := rowsOf(tb, l)
	l.stop()
	list, err := demo.NewBulk().Records(n)
	must(tb, err)
	return l.folder, list, float64(n) / took.Seconds()
}

// rowsOf counts the records of the trees a replica holds, which are five each.
func rowsOf(tb testing.TB, l *laptop) (n int) {
	must(tb, l.store.View(context.Background(), func(tx *store.ReplicaTx) error {
		_, total, err := tx.Tickets(store.Filter{}, "-updated", "", 0, 1)
		n = 5 * total
		return err
	}))
	return n
}

// bareReplica inserts the rows as a replica keeps them, with nobody who sends them.
func bareReplica(tb testing.TB, list []desk.Record) time.Duration {
	r, err := store.OpenReplica(context.Background(), tb.TempDir())
	must(tb, err)
	defer r.Close()
	begun := time.Now()
	for page := range slices.Chunk(list, barePage) {
		must(tb, r.Update(context.Background(), func(tx *store.ReplicaTx) error { return tx.PutPage("team:team1", page) }))
	}
	must(tb, r.Update(context.Background(), (*store.ReplicaTx).BuildIndexes))
	return time.Since(begun)
}

const barePage = 1000 // rows of a transaction, as a page of ROWS has

func bareInsert(tb testing.TB, list []desk.Record) time.Duration {
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(tb.TempDir(), "bare.db")+"?_journal_mode=WAL&_synchronous=NORMAL&_txlock=immediate")
	must(tb, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	_, err = db.Exec("CREATE TABLE bare (id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, tree TEXT NOT NULL, rev INTEGER NOT NULL, body TEXT NOT NULL) STRICT")
	must(tb, err)
	begun := time.Now()
	for page := range slices.Chunk(list, barePage) {
		tx, err := db.Begin()
		must(tb, err)
		insert, err := tx.Prepare("INSERT INTO bare (id, kind, tree, rev, body) VALUES (?, ?, ?, ?, ?)")
		must(tb, err)
		for _, r := range page {
			_, err := insert.Exec(r.ID, string(r.Kind), string(r.Tree), r.Rev, string(r.Body))
			must(tb, err)
		}
		must(tb, tx.Commit())
	}
	return time.Since(begun)
}
