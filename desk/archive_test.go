package desk

import (
	"errors"
	"slices"
	"testing"
	"time"
)

// archived lets the hub archive what ended up to now.
func (w *world) archived(id TicketID) Ticket {
	w.Helper()
	w.do(hub, TicketArchive, id, ArchiveTicket{Before: w.now.Add(time.Second)})
	return w.ticket(id)
}

// TestWhereAnArchivedTicketIsKept: it leaves its queue and everybody who had it in
// hand, except the parties of an open conflict and who pinned it (SPEC P28, P29).
func TestWhereAnArchivedTicketIsKept(t *testing.T) {
	cases := []struct {
		name   string
		ticket Ticket
		want   []BucketID
	}{
		{"of triage", Ticket{Archived: "2026-11"}, []BucketID{"closed:triage:2026-11"}},
		{"of a team", Ticket{Archived: "2026-11", Team: "alpha", Assignee: "ana", Watchers: []PersonID{"ben"}}, []BucketID{"closed:team:alpha:2026-11"}},
		{"disputed", Ticket{Archived: "2026-11", Team: "alpha", Disputed: []PersonID{"ana"}}, []BucketID{"closed:team:alpha:2026-11", "user:ana"}},
		{"pinned", Ticket{Archived: "2026-11", Team: "alpha", Pinned: []PersonID{"ana"}}, []BucketID{"closed:team:alpha:2026-11", "user:ana"}},
		{"pinned on a desk", Ticket{Team: "alpha", Pinned: []PersonID{"ana"}}, []BucketID{"team:alpha", "user:ana"}},
	}
	for _, c := range cases {
		if got := c.ticket.Buckets(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestAnArchiveIsToldByItsName(t *testing.T) {
	for b, want := range map[BucketID]struct {
		home BucketID
		m    Month
	}{
		"closed:triage:2026-11":            {BucketTriage, "2026-11"},
		"closed:team:alpha:2026-11":        {"team:alpha", "2026-11"},
		"closed:team:a:b:2026-11":          {"team:a:b", "2026-11"},
		"closed:team:triage:2026-01":       {"team:triage", "2026-01"},
		ArchiveBucket("team:x", "2026-02"): {"team:x", "2026-02"},
	} {
		if home, m, ok := b.Archive(); !ok || home != want.home || m != want.m {
			t.Errorf("%s: %s %s %v", b, home, m, ok)
		}
	}
	for _, b := range []BucketID{"", "org", "team:alpha", "closed:", "closed:2026-11", "closed:org:2026-11", "closed:user:ana:2026-11", "closed:team:alpha:2026-13", "closed:team:alpha:2026-1", "closed:team:alpha:"} {
		if _, _, ok := b.Archive(); ok {
			t.Errorf("%q is an archive", b)
		}
	}
}

// TestArchivesAreGivenWithTheirQueue: a wish is no right (SPEC P28).
func TestArchivesAreGivenWithTheirQueue(t *testing.T) {
	given := []BucketID{"org", "team:alpha", "triage", "user:ana"}
	got := WithArchives(given, []BucketID{"closed:team:alpha:2026-11", "closed:team:beta:2026-11", "team:beta", "user:ben", "closed:user:ana:2026-11", "closed:triage:2026-10", "closed:team:alpha:2026-11"})
	if want := []BucketID{"closed:team:alpha:2026-11", "closed:triage:2026-10", "org", "team:alpha", "triage", "user:ana"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if len(given) != 4 {
		t.Error("what was given was changed")
	}
}

// TestArchiving: what ended long enough ago is archived under the month of its
// end, nothing happens to it, and nobody but the hub does it.
func TestArchiving(t *testing.T) {
	w := newWorld(t)
	for _, s := range []State{StateNew, StateResolved, StateCancelled, StateClosed} {
		id := TicketID(s)
		before, events := w.in(id, s), len(w.history(id))
		e, err := w.try(w.as("admin"), TicketArchive, id, ArchiveTicket{Before: w.now})
		refused(t, e, err, CodePerm, "Only the hub itself")
		if early := w.do(hub, TicketArchive, id, ArchiveTicket{Before: before.Edits[FieldState].At}); len(early.Puts) > 0 {
			t.Errorf("%s: archived although it had not ended before", s)
		}
		is := w.archived(id)
		switch {
		case !s.Ended() && is.Archived != "":
			t.Errorf("%s is archived", s)
		case s.Ended() && (is.Archived != "2026-03" || is.Rev != before.Rev+1 || !is.UpdatedAt.Equal(before.UpdatedAt) || len(w.history(id)) != events):
			t.Errorf("%s became %+v", s, is)
		}
		if again := w.do(hub, TicketArchive, id, ArchiveTicket{Before: w.now}); len(again.Puts) > 0 {
			t.Errorf("%s: archived twice", s)
		}
	}
	w.open("duplicate")
	w.do(w.as("ana"), TicketMerge, "duplicate", MergeTicket{Into: "new"})
	if is := w.archived("duplicate"); is.Archived == "" {
		t.Error("a merged ticket is not archived")
	}
	e, err := w.try(hub, TicketArchive, "nowhere", ArchiveTicket{Before: w.now})
	refused(t, e, err, CodeGone, "does not exist")
}

// TestTheMonthIsThatOfTheEnd: by done-time in UTC.
func TestTheMonthIsThatOfTheEnd(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	w.do(hub, TicketMove, "t", moveTo(StateNew, StateResolved))
	w.now = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	m := w.mutation(w.as("ana"), TicketMove, "t", moveTo(StateResolved, StateClosed), nil)
	m.At = time.Date(2026, 12, 1, 0, 30, 0, 0, time.FixedZone("", 3600))
	if _, err := w.take(w.as("ana"), m); err != nil {
		t.Fatal(err)
	}
	if is := w.archived("t"); is.Archived != "2026-11" {
		t.Errorf("archived under %s", is.Archived)
	}
	if at, ok := (Ticket{State: StateCancelled, UpdatedAt: w.now}).EndedAt(); !ok || !at.Equal(w.now) {
		t.Errorf("a ticket without stamps ended at %v", at)
	}
}

// TestReopeningBringsItBack: by an agent who has loaded it, or by the requester's
// mail; a note does not.
func TestReopeningBringsItBack(t *testing.T) {
	w := newWorld(t)
	for name, reopen := range map[TicketID]func(TicketID){
		"agent": func(id TicketID) { w.do(w.as("ana"), TicketMove, id, moveTo(StateClosed, StateInProgress)) },
		"mail":  func(id TicketID) { w.hear(id, MessageID(id)) },
	} {
		w.in(name, StateClosed)
		w.archived(name)
		w.do(w.as("ana"), MessageAdd, name, AddMessage{Message{ID: MessageID("note " + name), Kind: InternalNote, Text: "Seen again."}})
		if is := w.ticket(name); is.Archived == "" {
			t.Errorf("%s: a note brought it back", name)
		}
		reopen(name)
		if is := w.ticket(name); is.Archived != "" || is.State != StateInProgress {
			t.Errorf("%s: %s, archived %q", name, is.State, is.Archived)
		}
	}
}

// TestPins: who may read a ticket keeps it; whoever may not is told what he would
// be told of no ticket at all, and a laptop need not hold it (SPEC P29).
func TestPins(t *testing.T) {
	w := newWorld(t)
	w.in("t", StateClosed)
	w.archived("t")
	rev := w.ticket("t").Rev
	w.do(w.as("ana"), TicketPin, "t", PinTicket{Keep: true})
	w.do(w.as("admin"), TicketPin, "t", PinTicket{Keep: true})
	if is := w.ticket("t"); !slices.Equal(is.Pinned, []PersonID{"admin", "ana"}) || is.Rev != rev+2 {
		t.Errorf("pinned by %v, revision %d", is.Pinned, is.Rev)
	}
	if again := w.do(w.as("ana"), TicketPin, "t", PinTicket{Keep: true}); len(again.Puts) > 0 {
		t.Error("pinned twice")
	}
	w.do(w.as("ana"), TicketPin, "t", PinTicket{})
	if is := w.ticket("t"); !slices.Equal(is.Pinned, []PersonID{"admin"}) {
		t.Errorf("pinned by %v", is.Pinned)
	}
	for _, c := range []struct {
		by Principal
		id TicketID
	}{{w.as("cleo"), "t"}, {w.as("ana"), "nowhere"}, {w.as("gone"), "t"}, {hub, "t"}} {
		e, err := w.try(c.by, TicketPin, c.id, PinTicket{Keep: true})
		refused(t, e, err, CodePerm, "does not exist at the hub, or is not in one of your teams")
	}
	m := w.mutation(w.as("ana"), TicketPin, "nowhere", PinTicket{Keep: true}, nil)
	if e, err := Apply(w, m, Env{Actor: w.as("ana"), Now: w.now, Ahead: true}); err != nil || len(e.Puts) > 0 {
		t.Errorf("ahead of the hub: %+v, %v", e, err)
	}
	if _, err := Apply(broken{}, m, Env{Actor: w.as("ana"), Now: w.now, Ahead: true}); !errors.Is(err, errBroken) {
		t.Errorf("a fault of the view: %v", err)
	}
}

// TestPinsEndWithTheRight: a ticket that goes to another team is let go by whoever
// could read it only there; having pinned it is no right.
func TestPinsEndWithTheRight(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	for _, p := range []PersonID{"ana", "ben", "admin"} {
		w.do(w.as(p), TicketPin, "t", PinTicket{Keep: true})
	}
	w.edit(hub, "t", FieldAssignee, "", "ben")
	held := w.ticket("t")
	w.edit(w.as("ana"), "t", FieldTeam, "alpha", "beta")
	if is := w.ticket("t"); !slices.Equal(is.Pinned, []PersonID{"admin", "ben"}) {
		t.Errorf("pinned by %v", is.Pinned)
	}
	if !slices.Equal(held.Pinned, []PersonID{"admin", "ana", "ben"}) {
		t.Error("the ticket before was changed")
	}
	if w.as("ana").CanRead(Ticket{Team: "beta", Pinned: []PersonID{"ana"}}) {
		t.Error("a pin gives a right")
	}
	if !w.as("ana").CanRead(Ticket{Team: "alpha", Archived: "2026-03"}) || w.as("ana").CanRead(Ticket{Team: "beta", Archived: "2026-03"}) {
		t.Error("archiving changes who may read")
	}
}
