package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/desk/demo"
)

// rows makes n records as they come over the wire.
func rows(b testing.TB, n int) []desk.Record {
	list, err := demo.NewBulk().Records(n)
	must(b, err)
	return list
}

const (
	coldRows = 100_000
	pageRows = 1000 // of a ROWS message, each in a transaction of its own
)

// BenchmarkColdLoad fills a fresh replica with 100,000 records, indexes and
// search included, and sets it against a bare insert of
// the same rows in the same pages by the same driver.
func BenchmarkColdLoad(b *testing.B) {
	list := rows(b, coldRows)
	var bare, load time.Duration
	for b.Loop() {
		bare += bareInsert(b, list)
		load += coldLoad(b, list)
	}
	n := float64(coldRows * b.N)
	b.ReportMetric(n/load.Seconds(), "rows/s")
	b.ReportMetric(n/bare.Seconds(), "bare-rows/s")
	b.ReportMetric(bare.Seconds()/load.Seconds(), "ratio")
}

func bareInsert(b *testing.B, list []desk.Record) time.Duration {
	db, err := openSQLite(filepath.Join(b.TempDir(), "bare.db"), normal)
	must(b, err)
	defer db.close()
	_, err = db.write.Exec("CREATE TABLE bare (id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, tree TEXT NOT NULL, rev INTEGER NOT NULL, body TEXT NOT NULL) STRICT")
	must(b, err)
	start := time.Now()
	for page := range slices.Chunk(list, pageRows) {
		tx, err := db.write.Begin()
		must(b, err)
		insert, err := tx.Prepare("INSERT INTO bare (id, kind, tree, rev, body) VALUES (?, ?, ?, ?, ?)")
		must(b, err)
		for _, r := range page {
			_, err := insert.Exec(r.ID, string(r.Kind), string(r.Tree), r.Rev, string(r.Body))
			must(b, err)
		}
		must(b, tx.Commit())
	}
	return time.Since(start)
}

func coldLoad(b *testing.B, list []desk.Record) time.Duration {
	r := openReplica(b, b.TempDir())
	defer r.Close()
	start := time.Now()
	for from := 0; from < len(list); from += pageRows {
		page := list[from:min(from+pageRows, len(list))]
		r.mustUpdate(b, func(tx *ReplicaTx) error {
			if err := tx.PutPage("team:team1", page); err != nil {
				return err
			}
			return tx.SetCursor("team:team1", Cursor{Epoch: 1, Seq: int64(from + len(page)), Filled: from+len(page) == len(list)})
		})
	}
	return time.Since(start)
}

// big is a replica of 100,000 tickets with their trees, made once.
var big struct {
	once sync.Once
	dir  string
	r    *Replica
	ids  []desk.TicketID
}

func bigReplica(b testing.TB) *Replica {
	big.once.Do(func() {
		var err error
		big.dir, err = os.MkdirTemp("", "holdall-bench-")
		must(b, err)
		big.r, err = OpenReplica(context.Background(), big.dir)
		must(b, err)
		c := demo.NewBulk()
		must(b, big.r.BulkLoad(context.Background(), func(tx *ReplicaTx) error {
			for i := range 300 {
				must(b, tx.Put(desk.Requester{ID: desk.RequesterID(fmt.Sprintf("r%d", i)), Name: c.Text(2), Email: fmt.Sprintf("r%d@example.com", i), VIP: i%50 == 0}))
			}
			for range 100_000 {
				tree := c.Tree()
				for _, e := range tree {
					if err := tx.Put(e); err != nil {
						return err
					}
				}
				id := tree[0].(desk.Ticket).ID
				big.ids = append(big.ids, id)
				if err := tx.SetHomes(id, []desk.BucketID{desk.TeamBucket(tree[0].(desk.Ticket).Team)}); err != nil {
					return err
				}
			}
			return nil
		}))
	})
	return big.r
}

// on measures a read of the big replica.
func on(b *testing.B, read func(tx *ReplicaTx) error) {
	r := bigReplica(b)
	b.ResetTimer()
	for b.Loop() {
		r.mustView(b, read)
	}
}

func BenchmarkQueuePage(b *testing.B) {
	team := desk.TeamID("team1")
	pages := map[string]struct {
		f              Filter
		order, groupBy string
		offset         int
	}{
		"open of a team":    {Filter{Team: &team, Open: true}, "-updated", "", 0},
		"open by priority":  {Filter{Open: true}, "priority", "", 0},
		"grouped by state":  {Filter{Team: &team, Open: true}, "-updated", "state", 0},
		"all, deep":         {Filter{}, "-updated", "", 90_000},
		"all of a team":     {Filter{Team: &team}, "-updated", "", 0},
		"of VIPs":           {Filter{VIP: true}, "-updated", "", 0},
		"with words":        {Filter{Text: "printer toner"}, "-updated", "", 0},
		"one person's open": {Filter{Assignee: "p3", Open: true}, "-updated", "", 0},
	}
	for name, p := range pages {
		b.Run(name, func(b *testing.B) {
			on(b, func(tx *ReplicaTx) error {
				rows, total, err := tx.Tickets(p.f, p.order, p.groupBy, p.offset, 100)
				if len(rows) != min(100, total) {
					b.Errorf("%d of %d rows", len(rows), total)
				}
				return err
			})
		})
	}
}

func BenchmarkCounts(b *testing.B) {
	on(b, func(tx *ReplicaTx) error { _, err := tx.Counts("p3"); return err })
}

func BenchmarkTicketOpen(b *testing.B) {
	on(b, func(tx *ReplicaTx) error {
		id := big.ids[rand.IntN(len(big.ids))]
		if _, err := tx.Get(desk.Key{Kind: desk.KindTicket, ID: string(id)}); err != nil {
			return err
		}
		if _, err := tx.Thread(id); err != nil {
			return err
		}
		if _, err := tx.ConflictsIn(id); err != nil {
			return err
		}
		_, err := tx.History(id)
		return err
	})
}

func BenchmarkSearch(b *testing.B) {
	for _, query := range []string{"printer toner", "ref77 mail", "zebra giraffe", "p"} {
		b.Run(query, func(b *testing.B) {
			on(b, func(tx *ReplicaTx) error { _, err := tx.Search(query, 50); return err })
		})
	}
}

func BenchmarkDigest(b *testing.B) {
	on(b, func(tx *ReplicaTx) error { _, _, err := tx.BucketDigest("team:team1"); return err })
}

// BenchmarkSaveEdit is what a save costs before the person is told "saved".
func BenchmarkSaveEdit(b *testing.B) {
	r := openReplica(b, b.TempDir())
	m, err := desk.NewMutation(desk.TicketPatch, "t1", desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTitle: "x"}}, noon)
	must(b, err)
	for b.Loop() {
		_, err := r.Append(context.Background(), []desk.Mutation{m})
		must(b, err)
	}
}
