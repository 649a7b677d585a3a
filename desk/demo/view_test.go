package demo

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"holdall/desk"
)

// present is a Thursday afternoon.
var present = time.Date(2026, 11, 19, 14, 36, 0, 0, time.UTC)

// ledger is a hub in memory: a View of everything applied so far.
type ledger struct {
	records   map[desk.Key]desk.Entity
	conflicts map[desk.TicketID][]desk.ConflictID
	numbers   map[desk.TicketKind]int64
	order     []desk.TicketID
	events    []desk.Event
	applied   map[desk.Status]int
}

func newLedger() *ledger {
	return &ledger{records: map[desk.Key]desk.Entity{}, conflicts: map[desk.TicketID][]desk.ConflictID{},
		numbers: map[desk.TicketKind]int64{}, applied: map[desk.Status]int{}}
}

func (l *ledger) Get(k desk.Key) (desk.Entity, error) {
	if e, ok := l.records[k]; ok {
		return e, nil
	}
	return nil, desk.ErrUnknown
}

func (l *ledger) OpenConflicts(t desk.TicketID) ([]desk.Conflict, error) {
	var open []desk.Conflict
	for _, id := range l.conflicts[t] {
		if c := l.records[desk.Key{Kind: desk.KindConflict, ID: string(id)}].(desk.Conflict); c.State == desk.ConflictOpen {
			open = append(open, c)
		}
	}
	return open, nil
}

func (l *ledger) Thread(t desk.TicketID) (list []desk.Message, err error) {
	for _, e := range l.records {
		if m, ok := e.(desk.Message); ok && m.Ticket == t {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, desk.InThread)
	return list, nil
}

func (l *ledger) TakeNumber(kind desk.TicketKind, claimed desk.Number, by desk.Principal) (desk.Number, error) {
	if claimed != "" || !by.System {
		return "", fmt.Errorf("number %q claimed by %s", claimed, by.Device)
	}
	l.numbers[kind]++
	return desk.FormatNumber(kind, l.numbers[kind]), nil
}

func (l *ledger) apply(t *testing.T, a Act) {
	t.Helper()
	effects, err := desk.Apply(l, a.Mutation, desk.Env{Actor: a.Actor, Now: present})
	if err != nil {
		t.Fatalf("%s %d %s %s: %v", a.Mutation.Device, a.Mutation.Mid, a.Mutation.Name, a.Mutation.Args, err)
	}
	l.applied[effects.Status]++
	for _, e := range effects.Puts {
		switch v := e.(type) {
		case desk.Event:
			l.events = append(l.events, v)
			continue
		case desk.Conflict:
			if !slices.Contains(l.conflicts[v.Ticket], v.ID) {
				l.conflicts[v.Ticket] = append(l.conflicts[v.Ticket], v.ID)
			}
		case desk.Ticket:
			if _, have := l.records[v.Key()]; !have {
				l.order = append(l.order, v.ID)
			}
		}
		l.records[e.Key()] = e
	}
}

// tickets are all tickets in the order they were opened.
func (l *ledger) tickets() []desk.Ticket {
	list := make([]desk.Ticket, len(l.order))
	for i, id := range l.order {
		list[i] = l.records[desk.Key{Kind: desk.KindTicket, ID: string(id)}].(desk.Ticket)
	}
	return list
}

func told(t *testing.T, w *World) *ledger {
	t.Helper()
	l := newLedger()
	for a := range w.Acts() {
		l.apply(t, a)
	}
	return l
}
