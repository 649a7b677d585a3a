package simulation

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/simulation/disk"
)

// shelve copies the disk of a laptop as it is now.
func (l *laptop) shelve(folder string) {
	for _, file := range []string{"outbox.db", "replica.db"} {
		l.w.check(disk.Copy(filepath.Join(l.dir, file), filepath.Join(folder, file)))
	}
}

// putBack gives a laptop the disk of an earlier day.
func (l *laptop) putBack(folder string) {
	l.cut("its disk is put back")
	l.w.check(l.store.Close())
	l.seen = unseen()
	l.unpack(folder)
}

// TestADiskThatIsPutBack: the outbox of an earlier day holds edits that the hub was
// told since, and gives the mids of others once more. Those are not done again,
// although a colleague has undone one of them meanwhile, and what is written on the
// old disk reaches the hub once, behind all that came before (SPEC R3).
func TestADiskThatIsPutBack(t *testing.T) {
	for _, edits := range []int{1, 3, 300} {
		t.Run(fmt.Sprint(edits), func(t *testing.T) { putBack(t, edits) })
	}
}

func putBack(t *testing.T, edits int) {
	w := testWorld(t, 9, 2)
	w.heal()
	mira, tobias := w.laptops[0], w.laptops[1]
	w.people["mira"].Teams, w.people["tobias"].Teams = w.teams[:1], w.teams[:1]
	w.submit(desk.PersonPut, "", *w.people["mira"])
	w.submit(desk.PersonPut, "", *w.people["tobias"])
	w.openTicket(w.teams[0])
	ticket := w.tickets[len(w.tickets)-1]
	w.heal()
	note := func(l *laptop, text string) {
		t.Helper()
		m := desk.Message{ID: desk.MessageID(text), Kind: desk.InternalNote, Text: text}
		if !l.save(desk.MessageAdd, ticket, desk.AddMessage{Message: m}, nil) {
			t.Fatalf("%s was not saved", text)
		}
	}
	label := func(l *laptop, labels desk.LabelTicket) {
		t.Helper()
		if !l.save(desk.TicketLabel, ticket, labels, nil) {
			t.Fatal("the label was not saved")
		}
	}
	mira.cut("on the train")
	mira.parted = true
	label(mira, desk.LabelTicket{AddLabels: []string{"urgent"}})
	note(mira, "before")
	mira.crash(false)
	mira.shelve(filepath.Join(w.dir, "shelf"))
	w.heal()
	var said []string
	for n := range edits {
		said = append(said, fmt.Sprint("since", n))
		note(mira, said[n])
	}
	w.heal()
	label(tobias, desk.LabelTicket{RemoveLabels: []string{"urgent"}})
	w.heal()
	before := w.oracle.last[mira.device]

	mira.putBack(filepath.Join(w.dir, "shelf"))
	mira.parted = true
	for n := range edits {
		said = append(said, fmt.Sprint("again", n))
		note(mira, said[edits+n])
	}
	w.heal()
	w.taken(mira, before+int64(edits))
	for _, l := range w.laptops {
		w.same(l)
	}
	w.check(w.central().View(w.ctx, func(tx *store.CentralTx) error {
		now, err := desk.Read[desk.Ticket](tx, desk.Ticket{ID: ticket}.Key())
		w.check(err)
		if slices.Contains(now.Labels, "urgent") {
			t.Errorf("what was undone meanwhile was done again")
		}
		thread, err := tx.Thread(ticket)
		var texts []string
		for _, m := range thread {
			if m.Kind == desk.InternalNote {
				texts = append(texts, m.Text)
			}
		}
		for _, text := range append(said, "before") {
			if n := count(texts, text); n != 1 {
				t.Errorf("%q is there %d times", text, n)
			}
		}
		if !slices.IsSortedFunc(texts[len(texts)-edits:], func(a, b string) int { return slices.Index(said, a) - slices.Index(said, b) }) {
			t.Errorf("out of order: %v", texts)
		}
		return err
	}))
}

func count(list []string, one string) (n int) {
	for _, other := range list {
		if other == one {
			n++
		}
	}
	return n
}
