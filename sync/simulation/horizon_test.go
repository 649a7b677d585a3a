package simulation

import (
	"slices"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
)

// TestADeviceFromBeyondTheHorizon: a laptop that slept for longer than drops are
// kept finds none of what left its queue meanwhile, and is rid of it all the
// same; what it has to say of it is refused and kept, and brings nothing back
// (SPEC P27, I15).
func TestADeviceFromBeyondTheHorizon(t *testing.T) {
	w := testWorld(t, 5, 2)
	w.people["mira"].Teams, w.people["tobias"].Teams = []desk.TeamID{"workplace"}, []desk.TeamID{"workplace", "network"}
	w.submit(desk.PersonPut, "", *w.people["mira"])
	w.submit(desk.PersonPut, "", *w.people["tobias"])
	stocked, _ := w.stock("workplace", 20)
	w.heal()
	mira, tobias := w.laptops[0], w.laptops[1]
	mira.cut("asleep for months")
	mira.seen.corrupt = true // it will differ, and rightly so
	mira.save(desk.TicketLabel, stocked[0], desk.LabelTicket{AddLabels: []string{"said-too-late"}}, nil)
	for _, id := range stocked[:5] {
		if !tobias.save(desk.TicketPatch, id, desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTeam: "network"}}, map[desk.Field]string{desk.FieldTeam: "workplace"}) {
			t.Fatalf("%s could not be handed over", id)
		}
	}
	drops := func() (n int) {
		w.check(w.central().View(w.ctx, func(tx *store.CentralTx) error {
			changes, err := tx.Changes(desk.TeamBucket("workplace"), 0, 1000)
			for _, c := range changes {
				if c.Drop {
					n++
				}
			}
			return err
		}))
		return n
	}
	w.serve(tobias)
	if drops() != 5 {
		t.Fatalf("%d tickets left the queue", drops())
	}
	for range 100 {
		w.now = w.now.Add(24 * time.Hour)
		w.pass(time.Second)
		w.serve(tobias)
	}
	if drops() != 0 {
		t.Errorf("%d drops are kept for ever", drops())
	}
	w.heal()
	w.same(mira)
	w.same(tobias)
	w.check(w.central().View(w.ctx, func(tx *store.CentralTx) error {
		e, err := tx.Get(desk.Ticket{ID: stocked[0]}.Key())
		w.check(err)
		if moved := e.(desk.Ticket); moved.Team != "network" || slices.Contains(moved.Labels, "said-too-late") {
			t.Errorf("it came back: %s, %v", moved.Team, moved.Labels)
		}
		return nil
	}))
	w.check(mira.store.View(w.ctx, func(tx *store.ReplicaTx) error {
		refused, err := tx.Rejections("mira")
		if len(refused) != 1 {
			t.Errorf("%d refusals are kept for the author", len(refused))
		}
		return err
	}))
}

// TestWeeksOfflineDoubleNoNumber: a laptop uses up its blocks of numbers offline
// while others are given theirs, one of them dies and comes back under another
// name, and no ticket bears the number of another (SPEC P13).
func TestWeeksOfflineDoubleNoNumber(t *testing.T) {
	w := testWorld(t, 6, 3)
	w.heal()
	away := w.laptops[0]
	away.cut("abroad")
	for week := range 6 {
		w.now = w.now.AddDate(0, 0, 7)
		for range 8 {
			away.createTicket()
			w.laptops[1].createTicket()
			w.laptops[2].createTicket()
			w.openTicket(w.teams[0])
			w.serve(w.laptops[1:]...)
		}
		if week == 2 {
			away.crash(false)
		}
		if week == 3 {
			w.crashHub(false)
		}
		w.pass(time.Second)
		w.serve(w.laptops[1:]...)
	}
	w.heal()
	w.settled()
	numbers := map[desk.Number]desk.TicketID{}
	w.check(w.central().View(w.ctx, func(tx *store.CentralTx) error {
		for _, id := range w.tickets {
			e, err := tx.Get(desk.Ticket{ID: id}.Key())
			if err != nil {
				continue // refused
			}
			n := e.(desk.Ticket).Number
			if other, borne := numbers[n]; borne || n == "" {
				t.Errorf("%s bears %q like %s", id, n, other)
			}
			numbers[n] = id
		}
		return nil
	}))
	if len(numbers) < 6*8*3 {
		t.Errorf("only %d tickets were opened", len(numbers))
	}
}

// serve delivers what is on its way for some laptops; the others hear nothing.
func (w *world) serve(some ...*laptop) {
	for busy := true; busy; {
		busy = false
		for _, n := range w.nodes {
			n.listen()
		}
		for _, l := range some {
			for l.dialling || l.link != nil && len(l.link.up)+len(l.link.down) > 0 {
				l.traffic()
				w.closed()
				busy = true
			}
		}
	}
}
