package mailbox

import (
	"errors"
	"testing"
	"time"
)

// TestWhatIsThereFirstIsHistory: it is noted before the first mail comes, also of an
// empty mailbox and when the UIDs begin anew, until that is durable; what comes
// later is none.
func TestWhatIsThereFirstIsHistory(t *testing.T) {
	name, cfg := account(t)
	cfg.Mailbox = "Desk"
	putInto(t, name, "Desk", letter("one"), letter("two"))
	refusals := 2
	r := &reader{t: t, mails: make(chan Raw, 100), next: make(chan Position, 100), ended: make(chan error, 1)}
	r.refuse = func(batch []Raw) error {
		if refusals--; len(batch) == 0 && refusals >= 0 {
			return errors.New("the disk is full")
		}
		return nil
	}
	w := watcher(t, cfg)
	r.start(w, Position{})
	r.take(2)
	begun, last := <-r.next, <-r.next
	if begun.History != 2 || begun.LastUID != 0 || last.History != 2 || last.LastUID != 2 || refusals >= 0 {
		t.Errorf("begun %+v, then %+v", begun, last)
	}
	putInto(t, name, "Desk", letter("three"))
	w.Poke()
	r.take(1)
	if at := <-r.next; at.History != 2 || at.LastUID != 3 {
		t.Errorf("went on to %+v", at)
	}
	r.stop()
	if err := server.Recreate(name, "Desk"); err != nil {
		t.Fatal(err)
	}
	r = read(t, watcher(t, cfg), last)
	anew := r.noted()
	if anew.UIDValidity == begun.UIDValidity || anew.History != 0 || anew.LastUID != 0 {
		t.Errorf("begun anew %+v", anew)
	}
	r.stop()
	putInto(t, name, "Desk", letter("four"))
	r = read(t, watcher(t, cfg), anew)
	r.take(1)
	if at := r.noted(); at.History != 0 || at.LastUID != 1 {
		t.Errorf("what came to an empty mailbox while nobody looked: %+v", at)
	}
}

// noted waits for the next position.
func (r *reader) noted() Position {
	r.t.Helper()
	select {
	case at := <-r.next:
		return at
	case <-time.After(time.Minute):
		r.t.Fatal("no position is noted")
	}
	return Position{}
}
