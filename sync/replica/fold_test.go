package replica

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// seat is Ana's laptop with a ticket of her team on it, as the hub sent it.
type seat struct {
	*testing.T
	dir    string
	store  *store.Replica
	engine *Engine
	now    time.Time
	told   []Changed
}

func seated(t *testing.T) *seat {
	s := &seat{T: t, dir: t.TempDir(), now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	s.open()
	t.Cleanup(func() { s.store.Close() })
	s.must(s.store.SetIdentity(t.Context(), store.Identity{Device: "laptop", Person: "ana"}))
	s.must(s.store.Update(t.Context(), func(tx *store.ReplicaTx) error {
		for _, e := range []desk.Entity{
			desk.NewWorkspace("w", "Nordlicht Werke"), desk.Team{ID: "first", Name: "First line"},
			desk.Person{ID: "ana", Name: "Ana Roth", Email: "ana@example.com", Roles: []desk.Role{desk.RoleAgent}, Teams: []desk.TeamID{"first"}},
			desk.Ticket{ID: "t", Number: "INC0000001", Kind: desk.Incident, Title: "Mail is slow", Team: "first", State: desk.StateNew, Impact: 3, Urgency: 3, Priority: 5, Rev: 1},
		} {
			if err := tx.Put(e); err != nil {
				return err
			}
		}
		for _, b := range []desk.BucketID{desk.BucketOrg, "team:first", "user:ana"} {
			if err := tx.SetCursor(b, store.Cursor{Epoch: 1, Seq: 5, Filled: true}); err != nil {
				return err
			}
		}
		return tx.Enter("t", "team:first")
	}))
	return s
}

func (s *seat) must(err error) {
	if err != nil {
		s.Helper()
		s.Fatal(err)
	}
}

func (s *seat) open() {
	s.Helper()
	replica, err := store.OpenReplica(s.Context(), s.dir)
	s.must(err)
	s.store, s.engine = replica, New(replica, rand.New(rand.NewPCG(1, 1)), "test")
	s.must(s.engine.Recover(s.Context(), s.now))
}

func (s *seat) ticket() desk.Ticket {
	s.Helper()
	t, err := s.find("t")
	s.must(err)
	return t
}

func (s *seat) find(id desk.TicketID) (t desk.Ticket, err error) {
	err = s.store.View(s.Context(), func(tx *store.ReplicaTx) error {
		e, err := tx.Get(desk.Ticket{ID: id}.Key())
		if err == nil {
			t = e.(desk.Ticket)
		}
		return err
	})
	return t, err
}

func (s *seat) edit(name desk.Name, args any, old map[desk.Field]string) desk.Mutation {
	s.Helper()
	m, err := desk.NewMutation(name, "t", args, s.now)
	s.must(err)
	m.Old = old
	saved, err := s.engine.Edit(s.Context(), s.now, m)
	s.must(err)
	return saved[0]
}

// set changes fields as the window would.
func (s *seat) set(values map[desk.Field]string) desk.Mutation {
	s.Helper()
	old := map[desk.Field]string{}
	for f := range values {
		old[f] = s.ticket().Value(f)
	}
	return s.edit(desk.TicketPatch, desk.PatchTicket{Set: values}, old)
}

// shown is everything the window can show of the ticket.
func (s *seat) shown() (tree []any) {
	s.Helper()
	s.must(s.store.View(s.Context(), func(tx *store.ReplicaTx) error {
		history, err := tx.History("t")
		if err != nil {
			return err
		}
		e, err := tx.Get(desk.Ticket{ID: "t"}.Key())
		tree = []any{history, e}
		return err
	}))
	return tree
}

// outbox lists what is on its way.
func (s *seat) outbox() (list []desk.Mutation) {
	s.Helper()
	pending, err := s.store.Pending(s.Context())
	s.must(err)
	for _, e := range pending {
		list = append(list, e.Mutation)
	}
	return list
}

func (s *seat) step(events ...Event) (sent []protocol.Message) {
	s.Helper()
	for _, ev := range events {
		effects, err := s.engine.Step(s.Context(), s.now, ev)
		s.must(err)
		for _, e := range effects {
			switch e := e.(type) {
			case Send:
				sent = append(sent, e.Message)
			case Changed:
				s.told = append(s.told, e)
			}
		}
	}
	return sent
}

// online lets the hub welcome the device.
func (s *seat) online(buckets ...desk.BucketID) []protocol.Message {
	s.Helper()
	given := map[desk.BucketID]protocol.Cursor{}
	for _, b := range buckets {
		given[b] = protocol.Cursor{Epoch: 1, Seq: 5}
	}
	return s.step(Woken{}, Connected{}, Received{protocol.Welcome{Protocol: protocol.Version, Person: "ana", Buckets: given}})
}

// TestUnsentPatchesFold: the first old, the last new, and a view as if there had
// been one edit; before and after a start, and after news from the hub (SPEC
// R2).
func TestUnsentPatchesFold(t *testing.T) {
	for name, between := range map[string]func(*seat){
		"at once":       func(*seat) {},
		"after a start": func(s *seat) { s.must(s.store.Close()); s.open() },
		"after news":    func(s *seat) { s.must(s.engine.Recover(s.Context(), s.now)) },
	} {
		t.Run(name, func(t *testing.T) {
			s, plain := seated(t), seated(t)
			s.edit(desk.MessageAdd, desk.AddMessage{Message: desk.Message{ID: "m", Kind: desk.InternalNote, Text: "A note"}}, nil)
			plain.edit(desk.MessageAdd, desk.AddMessage{Message: desk.Message{ID: "m", Kind: desk.InternalNote, Text: "A note"}}, nil)
			s.set(map[desk.Field]string{desk.FieldTitle: "Mail is slower"})
			between(s)
			s.set(map[desk.Field]string{desk.FieldCategory: "Mail", desk.FieldTitle: "Mail is gone"})
			between(s)
			last := s.set(map[desk.Field]string{desk.FieldCategory: "Post"})
			plain.set(map[desk.Field]string{desk.FieldCategory: "Post", desk.FieldTitle: "Mail is gone"})
			var args desk.PatchTicket
			s.must(json.Unmarshal(last.Args, &args))
			if list := s.outbox(); len(list) != 2 || list[1].Mid != 2 || last.Mid != 2 || list[1].Old[desk.FieldTitle] != "Mail is slow" || args.Set[desk.FieldTitle] != "Mail is gone" {
				t.Errorf("outbox %+v", list)
			}
			if !reflect.DeepEqual(s.shown(), plain.shown()) {
				t.Errorf("it shows %+v, want %+v", s.shown(), plain.shown())
			}
		})
	}
}

// TestAFieldSetAgainOverNews: the hub's value came between two edits of a field
// that wait; the person saw it, and sets the field again. That is no clash, and
// shows at once (SPEC R2, R11).
func TestAFieldSetAgainOverNews(t *testing.T) {
	s := seated(t)
	s.set(map[desk.Field]string{desk.FieldCategory: "Mail"})
	news := s.ticket()
	news.Category, news.Rev = "Network", 2
	record, err := desk.Encode(news)
	s.must(err)
	_, err = s.engine.rebase(t.Context(), s.now, func(p *pass) ([]desk.TicketID, error) {
		return p.apply([]protocol.Rows{{Bucket: "team:first", Epoch: 1, To: 6, Rows: []protocol.Row{{Seq: 6, Record: record}}}})
	})
	s.must(err)
	if got := s.ticket().Category; got != "Network" {
		t.Fatalf("it shows %q before the person sets it again", got)
	}
	last := s.set(map[desk.Field]string{desk.FieldCategory: "Post"})
	if got := s.ticket().Category; got != "Post" || last.Mid != 1 || last.Old[desk.FieldCategory] != "Network" {
		t.Errorf("it shows %q after %+v", got, last)
	}
}

// TestWhatWasSentNeverFolds, nor anything that is no patch of the same ticket;
// what a connection took along stays as it was, even when it breaks (SPEC R2).
func TestWhatWasSentNeverFolds(t *testing.T) {
	s := seated(t)
	title := func(v string) int64 { return s.set(map[desk.Field]string{desk.FieldTitle: v}).Mid }
	note := func(id desk.MessageID) int64 {
		return s.edit(desk.MessageAdd, desk.AddMessage{Message: desk.Message{ID: id, Kind: desk.InternalNote, Text: "A note"}}, nil).Mid
	}
	mids := []int64{title("a"), note("m1"), note("m2"), title("b")}
	sent := s.online(desk.BucketOrg, "team:first", "user:ana")
	if _, ok := sent[len(sent)-1].(protocol.Push); !ok {
		t.Fatalf("sent %T", sent[len(sent)-1])
	}
	mids = append(mids, title("c"))
	s.step(Lost{Reason: "cut"})
	s.must(s.engine.Recover(t.Context(), s.now))
	mids = append(mids, title("d"), s.edit(desk.TicketMove, desk.MoveTicket{From: desk.StateNew, To: desk.StateInProgress}, nil).Mid, title("e"), title("f"))
	if want := []int64{1, 2, 3, 4, 5, 5, 6, 7, 7}; !slices.Equal(mids, want) {
		t.Errorf("saved as %v, want %v", mids, want)
	}
	if list := s.outbox(); len(list) != 7 || list[3].Old[desk.FieldTitle] != "a" || list[4].Old[desk.FieldTitle] != "b" {
		t.Errorf("outbox %+v", list)
	}
}

// TestAFoldSurvivesACrash before the replica was written: the outbox holds the
// folded edit, and the view comes back to it.
func TestAFoldSurvivesACrash(t *testing.T) {
	s := seated(t)
	s.set(map[desk.Field]string{desk.FieldTitle: "Mail is slower"})
	s.must(s.store.Close())
	file := filepath.Join(s.dir, "replica.db")
	before, err := os.ReadFile(file)
	s.must(err)
	s.open()
	s.set(map[desk.Field]string{desk.FieldTitle: "Mail is gone", desk.FieldCategory: "Mail"})
	want := s.shown()
	s.must(s.store.Close())
	s.must(os.WriteFile(file, before, 0o600))
	s.open()
	if got := s.shown(); !reflect.DeepEqual(got, want) || len(s.outbox()) != 1 {
		t.Errorf("it shows %+v, want %+v", got, want)
	}
}

// TestARefusedFoldLeavesTheFirstEdit as it was saved.
func TestARefusedFoldLeavesTheFirstEdit(t *testing.T) {
	s := seated(t)
	s.set(map[desk.Field]string{desk.FieldTitle: "Mail is slower"})
	want := s.outbox()
	m, err := desk.NewMutation(desk.TicketPatch, "t", desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTitle: " "}}, s.now)
	s.must(err)
	m.Old = map[desk.Field]string{desk.FieldTitle: "Mail is slower"}
	if saved, err := s.engine.Edit(t.Context(), s.now, m); desk.CodeOf(err) != desk.CodeValidation || saved != nil {
		t.Errorf("%v, %v", saved, err)
	}
	if got := s.outbox(); !reflect.DeepEqual(got, want) || s.ticket().Title != "Mail is slower" {
		t.Errorf("%+v, want %+v", got, want)
	}
}
