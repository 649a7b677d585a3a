package replica

import (
	"slices"
	"testing"

	"holdall/sync/protocol"
)

// TestOfOneKindTheNewestWishStands, and nobody who wishes waits.
func TestOfOneKindTheNewestWishStands(t *testing.T) {
	w := newWishes()
	for _, e := range []Event{Edited{}, Attending{protocol.Presence{Ticket: "t1"}}, Edited{}, Woken{}, Attending{protocol.Presence{Ticket: "t2"}}} {
		w.add(e)
	}
	<-w.sign
	if got, want := w.take(), []Event{Edited{}, Attending{protocol.Presence{Ticket: "t2"}}, Woken{}}; !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	select {
	case <-w.sign:
		t.Error("a sign was left of what was taken")
	default:
	}
	w.add(Wanting{})
	if <-w.sign; len(w.take()) != 1 {
		t.Error("a wish after the first ones was lost")
	}
}
