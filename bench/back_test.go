package bench

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// gate lets a laptop reach its hub, or not.
type gate struct {
	mu   sync.Mutex
	shut bool
	conn protocol.Conn
}

func (g *gate) dial(dial func() (protocol.Conn, error)) (protocol.Conn, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut {
		return nil, protocol.ErrClosed
	}
	conn, err := dial()
	g.conn = conn
	return conn, err
}

func (g *gate) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut = true
	g.conn.Close()
}

func (g *gate) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut = false
}

const (
	awayEdits   = 500  // of the person, while away
	awayTickets = 1000 // that others changed meanwhile, with five records each
)

// backAgain is the return after three days: what was done offline goes up, what
// others did comes down, and both are there.
func backAgain(tb testing.TB, v volume) []line {
	ctx := context.Background()
	c := newCentral(tb, stocked(tb, v.rows))
	l := c.laptop(ana.ID)
	l.complete(tb)
	l.gate.close()
	var tickets []desk.Ticket
	must(tb, l.store.View(ctx, func(tx *store.ReplicaTx) (err error) {
		tickets, _, err = tx.Tickets(store.Filter{}, "number", "", 0, awayTickets)
		return err
	}))
	edits := tickets[:min(awayEdits, len(tickets))]
	for _, t := range edits {
		m, err := desk.NewMutation(desk.TicketLabel, t.ID, desk.LabelTicket{AddLabels: []string{"away"}}, time.Now())
		must(tb, err)
		_, err = l.client.Edit(ctx, m)
		must(tb, err)
	}
	last := tickets[len(tickets)-1]
	rows := changeAll(tb, c.store, tickets)
	begun, before := time.Now(), worked(tb)
	l.gate.open()
	l.client.Wake()
	l.until(tb, "all of it is here", func(tx *store.ReplicaTx) (bool, error) {
		e, err := tx.Get(last.Key())
		if err != nil || e.(desk.Ticket).Category != "while away" {
			return false, err
		}
		pending, err := l.store.Pending(ctx)
		return len(pending) == 0, err
	})
	took, cost := time.Since(begun), worked(tb)-before
	return []line{{
		what:   fmt.Sprintf("back after days: %s edits up, %s rows down, of %s", count(len(edits)), count(rows), count(v.rows)),
		figure: fmt.Sprintf("%.2f s", took.Seconds()), limit: fmt.Sprintf("%.2f s of the processor at both ends", cost.Seconds()), goal: "≤ 2 s", holds: took <= 2*time.Second,
	}}
}

// changeAll changes tickets at the hub and touches all of their trees.
func changeAll(tb testing.TB, db *store.Central, tickets []desk.Ticket) (rows int) {
	must(tb, db.Update(context.Background(), func(tx *store.CentralTx) error {
		rows = 0
		posts := map[desk.BucketID][]store.Entry{}
		for _, t := range tickets {
			t.Category = "while away"
			t.Rev++
			if _, err := tx.Put(t); err != nil {
				return err
			}
			tree, err := tx.Tree(t.ID)
			if err != nil {
				return err
			}
			rows += len(tree)
			for _, r := range tree {
				for _, b := range t.Buckets() {
					posts[b] = append(posts[b], store.Entry{Key: r.Key, Tree: r.Tree, Hash: r.Hash()})
				}
			}
		}
		for b, entries := range posts {
			if _, err := tx.Post(b, entries, time.Now()); err != nil {
				return err
			}
		}
		return nil
	}))
	return rows
}

// fileSize is what a replica's file takes, without its search, beside what it
// has to carry: the bodies with the names of their records.
func fileSize(tb testing.TB, folder string, list []desk.Record) line {
	payload := 0
	for _, r := range list {
		payload += len(r.Body) + len(r.ID) + len(r.Kind)
	}
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(folder, "replica.db")+"?mode=ro")
	must(tb, err)
	defer db.Close()
	var bytes int
	must(tb, db.QueryRow("SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)"+
		" - (SELECT freelist_count FROM pragma_freelist_count) * (SELECT page_size FROM pragma_page_size)"+
		" - (SELECT SUM(LENGTH(block)) FROM search_data) - (SELECT SUM(LENGTH(sz)) FROM search_docsize)").Scan(&bytes))
	ratio := float64(bytes) / float64(payload)
	return line{
		what: "replica file without its search", figure: count(bytes>>10) + " KiB", limit: "payload " + count(payload>>10) + " KiB",
		ratio: ratio, goal: "≤ 1.30", holds: ratio <= 1.3,
	}
}
