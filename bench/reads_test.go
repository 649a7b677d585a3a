package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"holdall/desk"
	"holdall/desk/demo"
	"holdall/store"
)

const readTimes = 200

// reads are what a key press asks of the local database, beside a read of one
// ticket by its key.
func reads(tb testing.TB, v volume) []line {
	r, ids := replicaOf(tb, v.tickets)
	defer r.Close()
	one := func() desk.TicketID { return ids[rand.IntN(len(ids))] }
	bare := read(tb, r, func(tx *store.ReplicaTx) error {
		_, err := tx.Get(desk.Ticket{ID: one()}.Key())
		return err
	})
	team := desk.TeamID("team1")
	var lines []line
	for _, f := range []struct {
		what string
		read func(tx *store.ReplicaTx) error
	}{
		{"queue page of 100 rows", func(tx *store.ReplicaTx) error {
			_, _, err := tx.Tickets(store.Filter{Team: &team, Open: true}, "-updated", "", 0, 100)
			return err
		}},
		{"ticket open, with its thread and history", func(tx *store.ReplicaTx) error { return openTicket(tx, one()) }},
		{"search of two words", func(tx *store.ReplicaTx) error {
			_, err := tx.Search("printer toner", 50)
			return err
		}},
	} {
		took := read(tb, r, f.read)
		lines = append(lines, line{
			what: fmt.Sprintf("%s, of %s tickets", f.what, count(v.tickets)), figure: short(took),
			limit: "one row by its key " + short(bare), ratio: took.Seconds() / bare.Seconds(), goal: "≤ 16 ms, a frame", holds: took <= 16*time.Millisecond,
		})
	}
	return lines
}

func openTicket(tx *store.ReplicaTx, id desk.TicketID) error {
	if _, err := tx.Get(desk.Ticket{ID: id}.Key()); err != nil {
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
}

// read is the median of a read.
func read(tb testing.TB, r *store.Replica, act func(tx *store.ReplicaTx) error) time.Duration {
	times := make([]time.Duration, readTimes)
	for i := range times {
		begun := time.Now()
		must(tb, r.View(context.Background(), act))
		times[i] = time.Since(begun)
	}
	return quantile(times, 0.5)
}

// replicaOf holds tickets with their trees.
func replicaOf(tb testing.TB, tickets int) (*store.Replica, []desk.TicketID) {
	r, err := store.OpenReplica(context.Background(), tb.TempDir())
	must(tb, err)
	bulk := demo.NewBulk()
	var ids []desk.TicketID
	must(tb, r.BulkLoad(context.Background(), func(tx *store.ReplicaTx) error {
		for range tickets {
			tree := bulk.Tree()
			for _, e := range tree {
				if err := tx.Put(e); err != nil {
					return err
				}
			}
			t := tree[0].(desk.Ticket)
			ids = append(ids, t.ID)
			if err := tx.SetHomes(t.ID, t.Buckets()); err != nil {
				return err
			}
		}
		return nil
	}))
	return r, ids
}
