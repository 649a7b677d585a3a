package bench

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// editVisible follows an edit from the key press on one laptop to the list on
// another: durable in the outbox, committed at the hub, applied there. Beside it
// stand a bare websocket echo and a write with fsync for each of the three.
func editVisible(tb testing.TB, v volume) []line {
	c := newCentral(tb, stocked(tb, bulkGroup))
	from, to := c.laptop(ana.ID), c.laptop(ben.ID)
	from.complete(tb)
	to.complete(tb)
	id := anyTicket(tb, from)
	times := make([]time.Duration, v.edits)
	before := titleOf(tb, from, id)
	for i := range times {
		title := fmt.Sprintf("edit %d", i)
		m, err := desk.NewMutation(desk.TicketPatch, id, desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTitle: title}}, time.Now())
		must(tb, err)
		m.Old, before = map[desk.Field]string{desk.FieldTitle: before}, title
		begun := time.Now()
		_, err = from.client.Edit(context.Background(), m)
		must(tb, err)
		to.until(tb, title+" is seen", func(tx *store.ReplicaTx) (bool, error) {
			e, err := tx.Get(desk.Ticket{ID: id}.Key())
			return err == nil && e.(desk.Ticket).Title == title, err
		})
		times[i] = time.Since(begun)
	}
	limit := echoAndSync(tb, v.edits)
	p50, p99, least := quantile(times, 0.50), quantile(times, 0.99), quantile(limit, 0.50)
	return []line{{
		what: "edit on A visible on B, fsync on three ends", figure: fmt.Sprintf("p50 %s, p99 %s", short(p50), short(p99)),
		limit: "echo and three fsyncs p50 " + short(least), ratio: p50.Seconds() / least.Seconds(),
		goal: "p50 ≤ 10 ms, p99 ≤ 50 ms", holds: p50 <= 10*time.Millisecond && p99 <= 50*time.Millisecond,
	}}
}

func anyTicket(tb testing.TB, l *laptop) (id desk.TicketID) {
	must(tb, l.store.View(context.Background(), func(tx *store.ReplicaTx) error {
		rows, _, err := tx.Tickets(store.Filter{Open: true}, "-updated", "", 0, 1)
		if err == nil && len(rows) == 1 {
			id = rows[0].ID
		}
		return err
	}))
	return id
}

func titleOf(tb testing.TB, l *laptop, id desk.TicketID) (title string) {
	must(tb, l.store.View(context.Background(), func(tx *store.ReplicaTx) error {
		e, err := tx.Get(desk.Ticket{ID: id}.Key())
		if err == nil {
			title = e.(desk.Ticket).Title
		}
		return err
	}))
	return title
}

// echoAndSync is what no hub can be quicker than: there and back over a
// websocket, and three small writes that are on the disk.
func echoAndSync(tb testing.TB, n int) []time.Duration {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := protocol.Accept(w, r)
		if err != nil {
			return
		}
		defer conn.Close()
		for {
			m, err := conn.Receive(r.Context())
			if err != nil || conn.Send(r.Context(), m) != nil {
				return
			}
		}
	}))
	defer web.Close()
	conn, err := protocol.Dial(context.Background(), "ws"+strings.TrimPrefix(web.URL, "http"), "none", nil)
	must(tb, err)
	defer conn.Close()
	file, err := os.Create(filepath.Join(tb.TempDir(), "synced"))
	must(tb, err)
	defer file.Close()
	times := make([]time.Duration, n)
	for i := range times {
		begun := time.Now()
		must(tb, conn.Send(context.Background(), protocol.Ping{}))
		_, err := conn.Receive(context.Background())
		must(tb, err)
		for range 3 {
			_, err := file.Write(make([]byte, 512))
			must(tb, err)
			must(tb, file.Sync())
		}
		times[i] = time.Since(begun)
	}
	return times
}

func quantile(times []time.Duration, q float64) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

func short(d time.Duration) string { return fmt.Sprintf("%.1f ms", d.Seconds()*1000) }
