package desk

import (
	"slices"
	"testing"
	"time"
)

// cameAs are the ids that messages came with.
func cameAs(thread []Message) (ids []MessageID) {
	for _, m := range thread {
		ids = append(ids, m.first())
	}
	return ids
}

// TestNoClockOrdersATicket: SPEC R12. The hub's clock is set back by a day while
// a ticket is worked on, and nothing changes its place.
func TestNoClockOrdersATicket(t *testing.T) {
	w := newWorld(t)
	w.mailed("t", "m1")
	w.now = w.now.AddDate(0, 0, -1)
	w.reply("m2", "m1")
	w.do(w.as("ana"), TimeLog, "t", LogTime{TimeEntry{ID: "z", Minutes: 5}})
	w.edit(w.as("ana"), "t", FieldCategory, "", "Scanner")
	w.now = w.now.AddDate(0, 0, -1)
	w.do(w.as("ana"), TimeLog, "t", LogTime{TimeEntry{ID: "a", Minutes: 6}})
	w.edit(w.as("ana"), "t", FieldCategory, "Scanner", "Printer")
	w.do(hub, MessageAdd, "t", AddMessage{Message{ID: "m3", Kind: FromRequester, Requester: "rita", Text: "Not yet"}})

	thread, _ := w.Thread("t")
	if got := cameAs(thread); !slices.Equal(got, []MessageID{"m1", "m2", "m3"}) {
		t.Errorf("the thread is %v", got)
	}
	var told []string
	for _, e := range w.history("t") {
		told = append(told, e.New)
	}
	if want := []string{string(w.ticket("t").Number), "Scanner", "Printer"}; !slices.Equal(told, want) {
		t.Errorf("the history tells %q, want %q", told, want)
	}
	var log []TimeEntry
	for _, e := range w.records {
		if e, ok := e.(TimeEntry); ok {
			log = append(log, e)
		}
	}
	if slices.SortFunc(log, InTimeLog); log[0].ID != "z" || log[1].ID != "a" {
		t.Errorf("the time log is %v", log)
	}
	w.open("u")
	w.do(w.as("ana"), MessageMove, "t", MoveMessage{Message: "m3", To: "u"})
	if got := w.ticket("t"); got.LastPublic != "m2" || got.AwaitsReply {
		t.Errorf("without m3 the newest message is %s, and an answer is awaited: %v", got.LastPublic, got.AwaitsReply)
	}
}

// TestAMovedMessageStandsWhereTheHubTookIt: among what was written on another
// ticket before and after it, and so do its events.
func TestAMovedMessageStandsWhereTheHubTookIt(t *testing.T) {
	w := newWorld(t)
	w.mailed("b", "first")
	w.edit(w.as("ana"), "b", FieldCategory, "", "before")
	w.mailed("a", "moved")
	w.edit(w.as("ana"), "b", FieldCategory, "before", "after")
	w.hear("b", "last")
	w.do(w.as("ana"), MessageMove, "a", MoveMessage{Message: "moved", To: "b"})

	thread, _ := w.Thread("b")
	if got, want := cameAs(thread), []MessageID{"first", "moved", "last"}; !slices.Equal(got, want) {
		t.Fatalf("the thread is %v, want %v", got, want)
	}
	for _, e := range w.history("b") {
		if e.Field == FieldCategory && e.Follows(thread[1]) != (e.New == "after") {
			t.Errorf("what went to %q stands below the message that came between: %v", e.New, e.Follows(thread[1]))
		}
	}
	w.open("c")
	w.do(w.as("ana"), MessageMove, "b", MoveMessage{Message: "first", To: "c"})
	if m, _ := w.standingOn("c", "first"); m.Turn != 0 {
		t.Errorf("before all that is on a ticket it has turn %d", m.Turn)
	}
}

// TestWhatHasNoTurnGoesByTheHubsTime: records of a program that counted none.
func TestWhatHasNoTurnGoesByTheHubsTime(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	m := func(id MessageID, turn Turn, taken time.Duration) Message {
		return Message{ID: id, Turn: turn, SyncedAt: at.Add(taken)}
	}
	list := []Message{m("d", 9, 0), m("b", 0, time.Hour), m("c", 8, 2*time.Hour), m("a", 0, 0)}
	slices.SortFunc(list, InThread)
	if got := cameAs(list); !slices.Equal(got, []MessageID{"a", "b", "c", "d"}) {
		t.Errorf("the thread is %v", got)
	}
	for _, c := range []struct {
		event   Event
		message Message
		follows bool
	}{
		{Event{Kind: EventChanged, SyncedAt: at}, m("b", 0, time.Hour), false},
		{Event{Kind: EventChanged, SyncedAt: at}, m("a", 0, 0), true},
		{Event{Kind: EventCreated, SyncedAt: at.Add(time.Hour)}, m("a", 0, 0), false},
		{Event{Kind: EventChanged, Turn: 7, SyncedAt: at.Add(time.Hour)}, m("c", 8, 0), false},
		{Event{Kind: EventMoved, Turn: 8, SyncedAt: at}, m("c", 8, 0), true},
		{Event{Kind: EventMoved, Turn: 9, SyncedAt: at}, m("c", 8, time.Hour), true},
	} {
		if got := c.event.Follows(c.message); got != c.follows {
			t.Errorf("%+v below %+v: %v", c.event, c.message, got)
		}
	}
}
