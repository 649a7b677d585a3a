package app

import (
	"fmt"
	"testing"
	"time"

	"holdall/desk"
)

// TestAnAnswerCostsWhatItShows: however much waits for the hub, a page about
// something else costs the same. Allocations are counted, which say the same on
// a busy machine; the times are told beside them.
func TestAnAnswerCostsWhatItShows(t *testing.T) {
	o := newOffice(t)
	ana := o.laptopOf(o.ana)
	o.mails("t-1", "m-1", "It asks again.")
	ana.until("the ticket is there", func() bool { _, err := ana.ticket.Open("t-1"); return err == nil })
	ana.offline()
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t-1", Field: "category", Value: "Mail"}))
	questions := map[string]func() error{
		"a ticket":    func() error { _, err := ana.ticket.Open("t-1"); return err },
		"a queue":     func() error { _, err := ana.queue.Page(QueueRequest{View: "all", Limit: 100}); return err },
		"the sidebar": func() error { _, err := ana.queue.Sidebar(); return err },
		"the chip":    func() error { ana.sync.Status(); return nil },
		"the tray":    func() error { _, err := ana.tray.List(); return err },
	}
	few, many := 100, 16_000
	ana.awaitHub(0, few)
	at := map[string]cost{}
	for what, ask := range questions {
		at[what] = costOf(t, ask)
	}
	ana.awaitHub(few, many)
	for what, ask := range questions {
		before, after := at[what], costOf(t, ask)
		t.Logf("%s: %v with %d pending, %v with %d", what, before.took, few, after.took, many)
		if after.allocations > 1.2*before.allocations+50 {
			t.Errorf("%s allocates %.0f times with %d pending and %.0f times with %d", what, before.allocations, few, after.allocations, many)
		}
	}
	if n := ana.sync.Status().Waiting; n != many+1 {
		t.Errorf("%d wait", n)
	}
	if v := ana.open("t-1"); len(v.PendingFields) != 1 || v.PendingFields[0] != "category" || !v.Row.Pending {
		t.Errorf("of the ticket waits %v, %v", v.PendingFields, v.Row.Pending)
	}
}

type cost struct {
	allocations float64
	took        time.Duration
}

// costOf is the least of some tries: what else runs can only add to it.
func costOf(t *testing.T, ask func() error) cost {
	t.Helper()
	best := cost{allocations: testing.AllocsPerRun(1, func() { must(t, ask()) }), took: time.Hour}
	for range 5 {
		begun := time.Now()
		must(t, ask())
		best.took = min(best.took, time.Since(begun))
		best.allocations = min(best.allocations, testing.AllocsPerRun(1, func() { must(t, ask()) }))
	}
	return best
}

// awaitHub lets mutations on tickets of their own wait for the hub.
func (l *laptop) awaitHub(from, to int) {
	l.t.Helper()
	ws, err := l.workspace()
	must(l.t, err)
	var list []desk.Mutation
	for n := from; n < to; n++ {
		m, err := desk.NewMutation(desk.TicketLabel, desk.TicketID(fmt.Sprint("away-", n)), desk.LabelTicket{AddLabels: []string{"away"}}, time.Now())
		must(l.t, err)
		list = append(list, m)
	}
	_, err = ws.store.Append(ws.ctx, list)
	must(l.t, err)
}
