package desk

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// world is a hub in memory: a View that takes in what Apply answers. Ana and Ben
// are agents of team alpha, Cleo leads team beta.
type world struct {
	*testing.T
	records map[Key]Entity
	mids    map[DeviceID]int64
	numbers map[TicketKind]int64
	now     time.Time
}

var hub = Principal{System: true, Device: "hub"}

func newWorld(t *testing.T) *world {
	w := &world{T: t, records: map[Key]Entity{}, mids: map[DeviceID]int64{}, numbers: map[TicketKind]int64{},
		now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	for _, e := range []Entity{
		NewWorkspace("test", "Test"),
		Team{ID: "alpha", Name: "Alpha", Tier: 1}, Team{ID: "beta", Name: "Beta", Tier: 2},
		Person{ID: "ana", Name: "Ana", Email: "ana@desk.example", Roles: []Role{RoleAgent}, Teams: []TeamID{"alpha"}},
		Person{ID: "ben", Name: "Ben", Email: "ben@desk.example", Roles: []Role{RoleTechnician}, Teams: []TeamID{"alpha"}},
		Person{ID: "cleo", Name: "Cleo", Email: "cleo@desk.example", Roles: []Role{RoleLead}, Teams: []TeamID{"beta"}},
		Person{ID: "gone", Name: "Gone", Email: "gone@desk.example", Roles: []Role{RoleAgent}, Teams: []TeamID{"alpha"}, Disabled: true},
		Person{ID: "admin", Name: "Admin", Email: "admin@desk.example", Roles: []Role{RoleAdmin}},
		Requester{ID: "rita", Name: "Rita", Email: "rita@customer.example"},
		Service{ID: "mail", Name: "Mail", Team: "alpha"},
	} {
		w.records[e.Key()] = e
	}
	return w
}

func (w *world) Get(k Key) (Entity, error) {
	if e, ok := w.records[k]; ok {
		return e, nil
	}
	return nil, ErrUnknown
}

func (w *world) OpenConflicts(t TicketID) ([]Conflict, error) {
	var open []Conflict
	for _, e := range w.records {
		if c, ok := e.(Conflict); ok && c.Ticket == t && c.State == ConflictOpen {
			open = append(open, c)
		}
	}
	slices.SortFunc(open, func(a, b Conflict) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return open, nil
}

func (w *world) Thread(t TicketID) (list []Message, err error) {
	for _, e := range w.records {
		if m, ok := e.(Message); ok && m.Ticket == t {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, InThread)
	return list, nil
}

func (w *world) TakeNumber(kind TicketKind, claimed Number, by Principal) (Number, error) {
	if claimed != "" {
		return claimed, nil
	}
	if !by.System {
		return "", Refuse(CodeQuota, "This device has no ticket numbers left; connect once to fetch more.")
	}
	w.numbers[kind]++
	return FormatNumber(kind, w.numbers[kind]), nil
}

// as is a person at their laptop.
func (w *world) as(id PersonID) Principal {
	w.Helper()
	return PrincipalOf(w.records[Key{KindPerson, string(id)}].(Person), DeviceID(id+"-laptop"))
}

// mutation makes the next mutation of a device.
func (w *world) mutation(by Principal, name Name, ticket TicketID, args any, old map[Field]string) Mutation {
	w.Helper()
	m, err := NewMutation(name, ticket, args, w.now)
	if err != nil {
		w.Fatal(err)
	}
	w.mids[by.Device]++
	m.Device, m.Mid, m.Old = by.Device, w.mids[by.Device], old
	return m
}

// take applies a mutation and keeps its effects.
func (w *world) take(by Principal, m Mutation) (Effects, error) {
	effects, err := Apply(w, m, Env{Actor: by, Now: w.now})
	w.inTurn(effects)
	for _, e := range effects.Puts {
		w.records[e.Key()] = e
	}
	return effects, err
}

// inTurn: what a mutation adds to a ticket stands below all that was there, by
// the revision the ticket has now (SPEC R12).
func (w *world) inTurn(effects Effects) {
	w.Helper()
	is := map[TicketID]Turn{}
	for _, e := range effects.Puts {
		if t, ok := e.(Ticket); ok {
			is[t.ID] = Turn(t.Rev)
		}
	}
	for _, e := range effects.Puts {
		var ticket TicketID
		var turn Turn
		switch e := e.(type) {
		case Message:
			if _, stood := w.records[e.Key()]; stood || e.wandered() {
				continue
			}
			ticket, turn = e.Ticket, e.Turn
		case Event:
			ticket, turn = e.Ticket, e.Turn
		case TimeEntry:
			ticket, turn = e.Ticket, e.Turn
		default:
			continue
		}
		was, _ := w.records[Key{KindTicket, string(ticket)}].(Ticket)
		if turn != was.next() || turn > is[ticket] {
			w.Errorf("%s has turn %d on a ticket that went from revision %d to %d", e.Key(), turn, was.Rev, is[ticket])
		}
	}
}

// try does something a minute later; do is sure that it is allowed.
func (w *world) try(by Principal, name Name, ticket TicketID, args any) (Effects, error) {
	w.Helper()
	w.now = w.now.Add(time.Minute)
	return w.take(by, w.mutation(by, name, ticket, args, nil))
}

func (w *world) do(by Principal, name Name, ticket TicketID, args any) Effects {
	w.Helper()
	effects, err := w.try(by, name, ticket, args)
	if err != nil {
		w.Fatalf("%s: %v", name, err)
	}
	return effects
}

// edit sets one field, its author having seen old.
func (w *world) edit(by Principal, ticket TicketID, f Field, old, value string) Effects {
	w.Helper()
	w.now = w.now.Add(time.Minute)
	effects, err := w.take(by, w.mutation(by, TicketPatch, ticket, PatchTicket{Set: map[Field]string{f: value}, Reason: "because"}, map[Field]string{f: old}))
	if err != nil {
		w.Fatalf("edit %s: %v", f, err)
	}
	return effects
}

// open is a new ticket of team alpha from Rita.
func (w *world) open(id TicketID) Ticket {
	w.Helper()
	w.do(hub, TicketCreate, id, CreateTicket{Kind: Incident, Title: "Mail is slow", Requester: "rita", Service: "mail", Source: SourceMail})
	return w.ticket(id)
}

// in brings a new ticket into a state.
func (w *world) in(id TicketID, s State) Ticket {
	w.Helper()
	w.open(id)
	if s == StateClosed {
		w.do(hub, TicketMove, id, moveTo(StateNew, StateResolved))
		w.do(hub, TicketMove, id, moveTo(StateResolved, s))
	} else if s != StateNew {
		w.do(hub, TicketMove, id, moveTo(StateNew, s))
	}
	return w.ticket(id)
}

// moveTo is a move with everything its target asks for.
func moveTo(from, to State) MoveTicket {
	m := MoveTicket{From: from, To: to}
	switch to {
	case StateOnHold:
		m.HoldReason = HoldRequester
	case StateResolved:
		m.ResolutionCode, m.ResolutionNotes = ResolvedSolved, "Restarted."
	}
	return m
}

// hear is a mail of Rita's.
func (w *world) hear(ticket TicketID, id MessageID) {
	w.Helper()
	w.do(hub, MessageAdd, ticket, AddMessage{Message{ID: id, Kind: FromRequester, Requester: "rita", Text: "Hello"}})
}

func (w *world) ticket(id TicketID) Ticket {
	w.Helper()
	e, ok := w.records[Key{KindTicket, string(id)}]
	if !ok {
		w.Fatalf("no ticket %s", id)
	}
	return e.(Ticket)
}

func (w *world) message(id MessageID) Message {
	w.Helper()
	return w.records[Key{KindMessage, string(id)}].(Message)
}

// only is the one open conflict of a ticket.
func (w *world) only(ticket TicketID) Conflict {
	w.Helper()
	open, _ := w.OpenConflicts(ticket)
	if len(open) != 1 {
		w.Fatalf("%d open conflicts, want one: %+v", len(open), open)
	}
	return open[0]
}

// history are the events of a ticket in their order.
func (w *world) history(ticket TicketID) []Event {
	var list []Event
	for _, e := range w.records {
		if v, ok := e.(Event); ok && v.Ticket == ticket {
			list = append(list, v)
		}
	}
	slices.SortFunc(list, InHistory)
	return list
}

// told reports whether the history has such an event.
func (w *world) told(ticket TicketID, want Event) bool {
	return slices.ContainsFunc(w.history(ticket), func(e Event) bool {
		return e.Kind == want.Kind && e.Field == want.Field && e.Old == want.Old && e.New == want.New
	})
}

// refused checks a refusal's code and a part of its sentence, and that a
// refusal has no effect.
func refused(t *testing.T, e Effects, err error, code Code, part string) {
	t.Helper()
	var refusal *Error
	if !errors.As(err, &refusal) || refusal.Code != code || !strings.Contains(refusal.Message, part) {
		t.Errorf("got %v (%v), want %s with %q", err, CodeOf(err), code, part)
	}
	if refusal != nil && !strings.HasSuffix(refusal.Message, ".") {
		t.Errorf("%q is no sentence", refusal.Message)
	}
	if len(e.Puts) != 0 {
		t.Errorf("a refusal put %d records", len(e.Puts))
	}
}

func text(t *testing.T, v any) string {
	t.Helper()
	body, err := json.Marshal(v)
	if err != nil {
		t.Fatal(fmt.Errorf("encode: %w", err))
	}
	return string(body)
}
