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
		f := filling{world: world, send: h.server.Submit, founded: func() {}, told: func(int) {}}
		must(t, f.run(context.Background()))
		var titles string
		must(t, h.central.Update(context.Background(), func(tx *store.CentralTx) error {
			for n := int64(1); ; n++ {
				ticket, err := tx.TicketByNumber(desk.FormatNumber(desk.Incident, n))
				if err != nil {
					break
				}
				titles += string(ticket.Number) + " " + ticket.Title + " " + string(ticket.State) + "\n"
			}
			return nil
		}))
		must(t, h.close())
		if first == "" {
			first = titles
		}
		if titles != first || len(titles) < 1000 {
			t.Errorf("two companies of one seed differ:\n%s\n%s", first, titles)
		}
	}
}
