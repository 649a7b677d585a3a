package simulation

import (
	"flag"
	"testing"
	"time"

	"holdall/desk"
)

var edits = flag.Int("edits", 60, "what each laptop does in five days without a hub")

// TestFiveDaysOffline: ten laptops work for five days without a hub, three edits
// of ten on the same few tickets. When they are back in step every value is
// live, in the history, in a conflict or in a rejection, and all agree.
func TestFiveDaysOffline(t *testing.T) {
	w := testWorld(t, 5, mostDevices)
	w.heal()
	w.healing = false
	for _, l := range w.laptops {
		l.parted = true
		l.cut("on the road")
	}
	own := map[*laptop][]desk.TicketID{}
	for range *edits {
		w.pass(5 * 24 * time.Hour / time.Duration(*edits))
		for _, l := range w.laptops {
			known := len(w.tickets)
			if len(own[l]) == 0 || w.rand.IntN(60) == 0 {
				l.createTicket()
			}
			own[l] = append(own[l], w.tickets[known:]...)
			for done := w.count["edits"]; w.count["edits"] == done; {
				l.work(own[l])
			}
		}
	}
	w.heal()
	w.settled()
	t.Logf("%d edits and %d time entries of %d laptops: %d conflicts, %d held replies, %d rejections; nothing is lost",
		w.count["edits"], w.count["time entries"], len(w.laptops), w.count["conflicts"], w.count["held replies"], w.count["rejections"])
	if w.count["conflicts"] == 0 || w.count["edits"] < len(w.laptops)**edits {
		t.Error("too little happened to prove anything")
	}
}

// work does an edit: three of ten times on a ticket that others work on too.
func (l *laptop) work(own []desk.TicketID) {
	if l.w.rand.IntN(10) >= 3 && len(own) > 0 {
		if t, err := l.ticket(own[l.w.rand.IntN(len(own))]); err == nil {
			l.editOn(t)
		}
		return
	}
	if t, ok := l.pick(); ok {
		l.editOn(t)
	}
}
