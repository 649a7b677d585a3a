package bench

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
)

const (
	drainGroup = 200 // mutations that are saved together
	perTicket  = 4   // mutations on each ticket
	onOne      = 8   // the outbox for many tickets is so many times the one for a single ticket
)

// drains follows a long outbox from the first connection until the hub has all of
// it and the laptop has forgotten it: what a mutation costs must not grow with
// those that wait. The cost is that of the processor, at both ends, so that it
// says the same on a busy machine.
func drains(tb testing.TB, v volume) []line {
	many := drainGrowth(tb, "cost of a mutation as the outbox grows to %s", v.pending, perTicket)
	one := drainGrowth(tb, "the same where all of it is for one ticket, to %s", v.pending/onOne, v.pending)
	return []line{many, one}
}

// drainGrowth compares an outbox of n with one of a sixteenth.
func drainGrowth(tb testing.TB, what string, n, perTicket int) line {
	least, _ := drainCost(tb, n/16, perTicket)
	most, took := drainCost(tb, n, perTicket)
	ratio := float64(most) / float64(max(least, 1))
	return line{
		what:   fmt.Sprintf(what, count(n)),
		figure: fmt.Sprintf("%s each, %.1f s in all", short(most), took.Seconds()),
		limit:  fmt.Sprintf("%s with %s", short(least), count(n/16)), ratio: ratio,
		goal: "≤ 1.50", holds: ratio <= 1.5,
	}
}

// drainCost is what a mutation of an outbox of n costs, and how long they take
// together.
func drainCost(tb testing.TB, n, perTicket int) (each, took time.Duration) {
	ctx := context.Background()
	c := newCentral(tb, stocked(tb, max(bulkGroup, 5*n/perTicket)))
	l := c.laptop(ana.ID)
	l.complete(tb)
	l.gate.close()
	var tickets []desk.Ticket
	must(tb, l.store.View(ctx, func(tx *store.ReplicaTx) (err error) {
		tickets, _, err = tx.Tickets(store.Filter{}, "number", "", 0, max(1, n/perTicket))
		return err
	}))
	var group []desk.Mutation
	for i := range n {
		m, err := desk.NewMutation(desk.TimeLog, tickets[i%len(tickets)].ID, desk.LogTime{Entry: desk.TimeEntry{ID: desk.TimeID(fmt.Sprint("away", i)), Minutes: 1}}, time.Now())
		must(tb, err)
		if group = append(group, m); len(group) == drainGroup || i == n-1 {
			_, err := l.client.Edit(ctx, group...)
			must(tb, err)
			group = nil
		}
	}
	begun, before := time.Now(), worked(tb)
	l.gate.open()
	l.client.Wake()
	l.until(tb, "the outbox is empty", func(*store.ReplicaTx) (bool, error) {
		if first, err := l.store.FirstUnanswered(ctx); err != nil || first > 0 {
			return false, err
		}
		pending, err := l.store.Pending(ctx)
		return len(pending) == 0, err
	})
	return (worked(tb) - before) / time.Duration(n), time.Since(begun)
}

// worked is how long this process has had a processor.
func worked(tb testing.TB) (d time.Duration) {
	tb.Helper()
	stat, err := os.ReadFile("/proc/self/stat")
	must(tb, err)
	_, rest, _ := bytes.Cut(stat, []byte(") ")) // the name of the program may hold anything
	for _, field := range bytes.Fields(rest)[11:13] {
		ticks, err := strconv.ParseInt(string(field), 10, 64)
		must(tb, err)
		d += time.Duration(ticks) * 10 * time.Millisecond
	}
	return d
}
