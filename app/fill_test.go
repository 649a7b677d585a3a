package app

import (
	"context"
	"testing"
	"time"

	"holdall/desk"
	"holdall/desk/demo"
	"holdall/store"
)

func TestTheInventedCompanyIsTheSameForEverybody(t *testing.T) {
	var first string
	for range 2 {
		p := newPage(t, Config{Version: "test"})
		h := got(p.openSoloHub(context.Background(), t.TempDir(), true)).or(t)
		world := demo.Company(demoSeed, demo.Size{Requesters: 30, Tickets: 60}, time.Date(2026, 11, 19, 14, 36, 0, 0, time.UTC))
		raise := got(fill(context.Background(), world, h.server.Submit)).or(t)
		must(t, h.central.Update(context.Background(), raise))
		var titles string
		var next desk.Number
		must(t, h.central.Update(context.Background(), func(tx *store.CentralTx) (err error) {
			for n := int64(1); ; n++ {
				ticket, err := tx.TicketByNumber(desk.FormatNumber(desk.Incident, n))
				if err != nil {
					break
				}
				titles += string(ticket.Number) + " " + ticket.Title + " " + string(ticket.State) + "\n"
			}
			next, err = tx.NextNumber(desk.Incident)
			return err
		}))
		must(t, h.close())
		if first == "" {
			first = titles
		}
		if titles != first || len(titles) < 1000 {
			t.Errorf("two companies of one seed differ:\n%s\n%s", first, titles)
		}
		if _, n, err := desk.ParseNumber(next); err != nil || n < 20 {
			t.Errorf("the hub goes on at %s", next)
		}
	}
}
