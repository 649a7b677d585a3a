package simulation

import (
	"fmt"
	"path/filepath"
	"testing"

	"holdall/desk"
	"holdall/store"
)

// place lets the person at a laptop move a message of a ticket to another one, or
// split it into one of its own.
func (l *laptop) place(t desk.Ticket) {
	var thread []desk.Message
	l.w.check(l.store.View(l.w.ctx, func(tx *store.ReplicaTx) (err error) {
		thread, err = tx.Thread(t.ID)
		return err
	}))
	if len(thread) == 0 {
		return
	}
	m := thread[l.w.rand.IntN(len(thread))]
	if l.w.rand.IntN(4) == 0 {
		l.split(t, m)
		return
	}
	to, ok := l.pick()
	if ok && l.save(desk.MessageMove, t.ID, desk.MoveMessage{Message: m.ID, To: to.ID}, nil) {
		l.w.count.did("moved messages")
	}
}

func (l *laptop) split(t desk.Ticket, m desk.Message) {
	number, err := l.store.TakeNumber(l.w.ctx, desk.Incident)
	if l.died() {
		return
	}
	if err != nil {
		l.unsaved(err)
		return
	}
	l.w.oracle.number(number)
	id := desk.TicketID(l.name("t"))
	l.w.tickets = append(l.w.tickets, id)
	create := desk.CreateTicket{Number: number, Kind: desk.Incident, Title: string(id), Requester: "annika", Team: t.Team}
	if l.save(desk.MessageSplit, t.ID, desk.SplitMessage{Message: m.ID, Ticket: id, Create: create}, nil) {
		l.w.count.did("split messages")
	}
}

// movedTo reports whether a message with these words stands on any ticket.
func movedTo(trees map[desk.TicketID]*tree, text string) bool {
	for _, t := range trees {
		for _, m := range t.messages {
			if m.Placing != nil && m.Text == text {
				return true
			}
		}
	}
	return false
}

// standOnce: a message that was moved stands on one ticket, and every place it
// left leads there in the end (SPEC R20).
func (w *world) standOnce(trees map[desk.TicketID]*tree) {
	stands := map[desk.MessageID]desk.TicketID{}
	left := map[desk.MessageID]bool{}
	for id, t := range trees {
		for _, m := range t.messages {
			if m.Placing == nil {
				continue
			}
			if m.Away() {
				left[m.Placing.First] = true
				if m.Text != "" || len(m.Attachments) > 0 {
					w.fail("I9 no word is lost", "%s left %q behind on %s", m.ID, m.Text, id)
				}
				continue
			}
			if other, twice := stands[m.Placing.First]; twice {
				w.fail("I3 exactly once", "%s stands on %s and on %s", m.Placing.First, id, other)
			}
			stands[m.Placing.First] = id
		}
	}
	for first := range left {
		if stands[first] == "" {
			w.fail("I9 no word is lost", "%s was moved and stands nowhere", first)
		}
	}
}

// TestWorldsInWhichMessagesMove: everything that holds in a world holds in one
// where messages are moved between tickets, at the hub and on laptops that are
// offline. The seeds are worlds of their own.
func TestWorldsInWhichMessagesMove(t *testing.T) {
	count := tally{}
	for seed := uint64(1); seed <= 60; seed++ {
		w, err := moving(filepath.Join(shelf, "moving"), seed)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		count.add(w.count)
	}
	fmt.Print(count.table("messages", append(placings, "rejections", "hub crashes", "laptop crashes", "restored backups")))
	for _, what := range placings {
		if count[what] == 0 {
			t.Errorf("no %s in the whole run", what)
		}
	}
}

func moving(folder string, seed uint64) (w *world, err error) {
	defer recovered(&err)
	w = newWorld(folder, seed, devicesOf(seed), nodesOf(seed))
	defer w.close()
	w.placing = true
	for range *steps {
		w.act()
	}
	w.heal()
	w.settled()
	return w, nil
}
