package desk

import (
	"errors"
	"slices"
	"testing"
	"time"
)

func TestAnUnknownMutationIsRefusedByVersion(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	m := w.mutation(w.as("ana"), "ticket.teleport", "t", struct{}{}, nil)
	e, err := w.take(w.as("ana"), m)
	refused(t, e, err, CodeVersion, "ticket.teleport version 1")
	for name, known := range acts {
		m := w.mutation(w.as("ana"), name, "t", struct{}{}, nil)
		m.Version = known.newest() + 1
		e, err := w.take(w.as("ana"), m)
		refused(t, e, err, CodeVersion, "it must be updated first")
	}
}

func TestArgumentsThatCannotBeRead(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	for name := range acts {
		for _, body := range []string{"", "{", `"words"`, "[1]"} {
			m := w.mutation(hub, name, "t", nil, nil)
			m.Args = []byte(body)
			e, err := w.take(hub, m)
			refused(t, e, err, CodeValidation, "cannot be read")
		}
	}
}

func TestAFaultOfTheViewIsNoRefusal(t *testing.T) {
	for name := range acts {
		if name == Lost { // reads nothing
			continue
		}
		args := `{"kind":"incident","use":"answer","text":"T","requester":"r","title":"T","name":"N","email":"a@desk.example","message":{"id":"m"},"id":"x","matrix":[[1,2,3],[2,3,4],[3,4,5]]}`
		if name == ReplyDecide || name == ReplyDeliver || name == ReplyRetry || name == FileArrive || name == MessageMove || name == MessageSplit || name == MessageAccept || name == AsideTake {
			args = `{"message":"m"}`
		}
		m := Mutation{Device: "d", Mid: 1, Name: name, Version: 1, Ticket: "t", Args: []byte(args)}
		e, err := Apply(broken{}, m, Env{Actor: hub, Now: moment})
		if !errors.Is(err, errBroken) || CodeOf(err) != CodeInternal || len(e.Puts) != 0 {
			t.Errorf("%s: %v with %d records", name, err, len(e.Puts))
		}
	}
}

var errBroken = errors.New("disk on fire")

type broken struct{}

// Get always fails.
func (broken) Get(Key) (Entity, error) { return nil, errBroken }

// Thread always fails.
func (broken) Thread(TicketID) ([]Message, error) { return nil, errBroken }

// OpenConflicts always fails.
func (broken) OpenConflicts(TicketID) ([]Conflict, error) { return nil, errBroken }

// TakeNumber always fails.
func (broken) TakeNumber(TicketKind, Number, Principal) (Number, error) { return "", errBroken }

func TestDoneTimeIsBoundedByArrival(t *testing.T) {
	now := moment.Add(time.Hour)
	for _, c := range []struct{ claimed, want time.Time }{
		{moment, moment}, {now, now}, {now.Add(time.Second), now}, {time.Time{}, now},
		{moment.In(time.FixedZone("CET", 3600)), moment}, {moment.Add(300 * time.Microsecond), moment},
	} {
		w := newWorld(t)
		m := w.mutation(hub, TicketCreate, "t", CreateTicket{Kind: Incident, Title: "T"}, nil)
		m.At, w.now = c.claimed, now
		if _, err := w.take(hub, m); err != nil {
			t.Fatal(err)
		}
		got, e := w.ticket("t"), w.history("t")[0]
		if !got.OpenedAt.Equal(c.want) || got.OpenedAt.Location() != time.UTC || !e.At.Equal(c.want) || !e.SyncedAt.Equal(now) {
			t.Errorf("claimed %v: opened %v, event at %v, synced %v", c.claimed, got.OpenedAt, e.At, e.SyncedAt)
		}
	}
}

// TestTheSameInputGivesTheSameEffects plays a small history twice.
func TestTheSameInputGivesTheSameEffects(t *testing.T) {
	play := func() string {
		w, out := newWorld(t), ""
		keep := func(e Effects) { out += text(t, e) }
		w.open("t")
		keep(w.do(w.as("ana"), TicketLabel, "t", LabelTicket{AddLabels: []string{"b", "a"}, AddWatchers: []PersonID{"cleo", "ben"}}))
		for _, by := range []PersonID{"ben", "ana"} {
			set := map[Field]string{}
			for _, f := range []Field{FieldTitle, FieldDescription, FieldCategory, FieldResolutionNotes} {
				set[f] = string(by) + " " + string(f)
			}
			keep(w.do(w.as(by), TicketPatch, "t", PatchTicket{Set: set}))
		}
		keep(w.do(w.as("ana"), TicketMove, "t", moveTo(StateInProgress, StateOnHold)))
		w.hear("t", "m1")
		keep(w.reply("r1", ""))
		return out
	}
	first := play()
	for range 20 {
		if again := play(); again != first {
			t.Fatalf("two runs differ:\n%s\n%s", first, again)
		}
	}
}

// aliased is a ticket whose slices and map have room to be written into.
func aliased(w *world) Ticket {
	t := w.open("t")
	t.Labels = append(make([]string, 0, 8), "m", "z")
	t.Watchers = append(make([]PersonID, 0, 8), "ben", "cleo")
	t.Disputed = append(make([]PersonID, 0, 8), "ben")
	t.Edits = map[Field]Stamp{FieldTitle: {"ben", moment}}
	w.records[t.Key()] = t
	return t
}

func TestApplyLeavesItsInputAlone(t *testing.T) {
	for i, args := range []struct {
		name Name
		args any
	}{
		{TicketLabel, LabelTicket{AddLabels: []string{"a"}, RemoveLabels: []string{"m"}, AddWatchers: []PersonID{"ana"}, RemoveWatchers: []PersonID{"ben"}}},
		{TicketPatch, PatchTicket{Set: map[Field]string{FieldTitle: "Else", FieldDescription: "Words"}}},
		{TicketMove, moveTo(StateNew, StateOnHold)},
		{TicketMove, moveTo(StateNew, StateResolved)},
		{MessageAdd, AddMessage{Message{ID: "x", Kind: PublicReply, Text: "Hello", To: []Address{{Email: "rita@customer.example"}}}}},
		{ConflictResolve, ResolveConflict{Conflict: "c", Choice: ChooseMine}},
		{ConflictResolve, ResolveConflict{Conflict: "c", Choice: ChooseMine, Seen: "not this"}},
	} {
		w := newWorld(t)
		ticket := aliased(w)
		c := Conflict{ID: "c", Ticket: "t", Field: FieldDescription, Client: "Words", State: ConflictOpen, Device: "other"}
		w.records[c.Key()] = c
		spare := ticket.Labels[:8][2]
		before, conflict := text(t, ticket), text(t, c)
		if _, err := Apply(w, w.mutation(w.as("ana"), args.name, "t", args.args, nil), Env{Actor: w.as("ana"), Now: w.now}); err != nil {
			t.Fatalf("%d: %v", i, err)
		}
		if got := text(t, w.ticket("t")); got != before || ticket.Labels[:8][2] != spare || ticket.Watchers[:8][2] != "" || ticket.Disputed[:8][1] != "" {
			t.Errorf("%s wrote into the ticket it was given:\n%s\n%s", args.name, before, got)
		}
		if got := text(t, w.records[c.Key()]); got != conflict {
			t.Errorf("%s wrote into the conflict it was given", args.name)
		}
	}
}

// roomy is a View whose list of conflicts has spare room behind it.
type roomy struct {
	*world
	list []Conflict
}

// OpenConflicts hands out the view's own list.
func (r roomy) OpenConflicts(TicketID) ([]Conflict, error) { return r.list, nil }

func TestApplyLeavesTheViewsListAlone(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	r := roomy{w, append(make([]Conflict, 0, 4), Conflict{ID: "c", Ticket: "t", Field: FieldCategory, State: ConflictOpen}, Conflict{ID: "d", Ticket: "t", Field: FieldKind, State: ConflictOpen})}
	w.records[r.list[0].Key()] = r.list[0]
	for _, m := range []Mutation{
		w.mutation(w.as("ana"), TicketPatch, "t", PatchTicket{Set: map[Field]string{FieldTitle: "Else"}}, nil),
		w.mutation(w.as("ana"), ConflictResolve, "t", ResolveConflict{Conflict: "c", Choice: ChooseServer}, nil),
	} {
		if _, err := Apply(r, m, Env{Actor: w.as("ana"), Now: w.now}); err != nil {
			t.Fatal(err)
		}
		if r.list[0].ID != "c" || r.list[1].ID != "d" || r.list[:4][2].ID != "" {
			t.Errorf("%s wrote into the view's list: %+v", m.Name, r.list[:4])
		}
	}
}

func TestARejectionKeepsEverythingWritten(t *testing.T) {
	w := newWorld(t)
	m := w.mutation(w.as("ana"), TicketPatch, "none", PatchTicket{Set: map[Field]string{FieldTitle: "Long words"}}, nil)
	_, err := w.take(w.as("ana"), m)
	r := NewRejection(m, w.as("ana"), err, w.now)
	if r.Code != CodeGone || r.Message != err.Error() || string(r.Args) != string(m.Args) || r.Person != "ana" || r.Mid != m.Mid || r.Rev != 1 || r.Dismissed {
		t.Errorf("%+v", r)
	}
	if r := NewRejection(m, w.as("ana"), errBroken, w.now); r.Code != CodeInternal {
		t.Errorf("code %s of a fault of ours", r.Code)
	}
}

func TestFieldsAreSortedAndLabelled(t *testing.T) {
	if list := Fields(); !slices.IsSorted(list) || slices.Contains(list, FieldState) || len(list) != len(fields) {
		t.Errorf("%v", list)
	}
	for _, f := range append(Fields(), FieldState) {
		if f.Label() == "" || f.Label() == string(f) {
			t.Errorf("field %s has no label", f)
		}
	}
	if Field("odd").Label() != "odd" || (Ticket{}).Value("odd") != "" || (Ticket{State: StateNew}).Value(FieldState) != "new" {
		t.Error("labels and values of other fields")
	}
}
