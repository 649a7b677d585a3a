package replica

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// The sketch of a hub as what a mutation meets there.

func (h *sketch) Get(key desk.Key) (desk.Entity, error) {
	r, found := h.records[key]
	if !found {
		return nil, fmt.Errorf("%s %s: %w", key.Kind, key.ID, desk.ErrUnknown)
	}
	return desk.Decode(r)
}

func (h *sketch) OpenConflicts(ticket desk.TicketID) (list []desk.Conflict, err error) {
	for _, key := range h.of(ticket, desk.KindConflict) {
		e, err := h.Get(key)
		if err != nil {
			return nil, err
		}
		if c := e.(desk.Conflict); c.State == desk.ConflictOpen {
			list = append(list, c)
		}
	}
	return list, nil
}

func (h *sketch) Thread(ticket desk.TicketID) (list []desk.Message, err error) {
	for _, key := range h.of(ticket, desk.KindMessage) {
		e, err := h.Get(key)
		if err != nil {
			return nil, err
		}
		list = append(list, e.(desk.Message))
	}
	return list, nil
}

func (h *sketch) TakeNumber(_ desk.TicketKind, claimed desk.Number, _ desk.Principal) (desk.Number, error) {
	return claimed, nil
}

func (h *sketch) of(ticket desk.TicketID, kind desk.Kind) (keys []desk.Key) {
	for key, r := range h.records {
		if key.Kind == kind && r.Tree == ticket {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b desk.Key) int { return cmp.Compare(a.ID, b.ID) })
	return keys
}

// execute is what the hub makes of mutations: its answers, and the pages that
// come of them.
func (h *sketch) execute(t *testing.T, s *seat, list []desk.Mutation) (ack protocol.Ack, pages []protocol.Rows) {
	t.Helper()
	for _, m := range list {
		result := desk.Result{Mid: m.Mid, Status: desk.Rejected, Vector: map[desk.BucketID]int64{}}
		person, err := h.Get(desk.Person{ID: "ana"}.Key())
		if err != nil {
			t.Fatal(err)
		}
		effects, err := desk.Apply(h, m, desk.Env{Actor: desk.PrincipalOf(person.(desk.Person), "laptop"), Now: s.now})
		var refusal *desk.Error
		if err != nil && !errors.As(err, &refusal) {
			t.Fatal(err)
		}
		for _, e := range effects.Puts {
			result.Status = effects.Status
			r := h.keep(t, e)
			b := h.home(r)
			if b == "" {
				continue
			}
			h.seqs[b]++
			h.n++
			pages = append(pages, protocol.Rows{N: h.n, Bucket: b, Epoch: 1, To: h.seqs[b], Rows: []protocol.Row{{Seq: h.seqs[b], Record: r}}})
			result.Vector[b] = h.seqs[b]
		}
		ack.Results = append(ack.Results, result)
	}
	return ack, pages
}

// checkpoint names all buckets as they stand.
func (h *sketch) checkpoint(s *seat) protocol.Checkpoint {
	return protocol.Checkpoint{Vector: maps.Clone(h.seqs), Sums: h.sums(), Time: s.now}
}

// drain lets the hub execute some of what waits, as it does: the answers come
// before what came of it, or after a checkpoint that has it already.
func (w *twins) drain() {
	w.Helper()
	list, err := w.some.store.From(w.Context(), w.acked+1, 1+w.rand.IntN(6))
	if err != nil {
		w.Fatal(err)
	}
	ack, pages := w.hub.execute(w.T, w.some, list)
	w.acked += int64(len(list))
	late := w.rand.IntN(4) == 0
	if !late {
		w.step(ack)
	}
	for _, page := range pages {
		w.step(page)
	}
	w.step(w.hub.checkpoint(w.some))
	if late {
		w.step(ack)
	}
}

// refill empties a bucket of both laptops and fills it again, while the hub
// executes what waits: it is acknowledged before what came of it is there.
func (w *twins) refill() {
	w.Helper()
	b := twinBuckets[1+w.rand.IntN(2)]
	list, err := w.some.store.From(w.Context(), w.acked+1, w.rand.IntN(4))
	if err != nil {
		w.Fatal(err)
	}
	ack, _ := w.hub.execute(w.T, w.some, list)
	w.acked += int64(len(list))
	w.step(protocol.Reset{Bucket: b, Epoch: 1})
	w.step(ack)
	var rows []protocol.Row
	for _, key := range slices.SortedFunc(maps.Keys(w.hub.records), func(a, b desk.Key) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) }) {
		if r := w.hub.records[key]; w.hub.home(r) == b {
			rows = append(rows, protocol.Row{Seq: w.hub.seqs[b], Record: r})
		}
	}
	for page := range slices.Chunk(rows, 5) {
		w.hub.n++
		w.step(protocol.Rows{N: w.hub.n, Bucket: b, Epoch: 1, To: w.hub.seqs[b], Rows: page})
	}
	w.step(w.hub.checkpoint(w.some))
}

// TestADrainRunsNothingAgain: where the hub makes of the mutations what was
// foreseen, those behind them stay as they are, however many wait for one ticket
// (SPEC R9).
func TestADrainRunsNothingAgain(t *testing.T) {
	for _, n := range []int{50, 400} {
		s, h := drained(t, n)
		for from := int64(1); from <= int64(n); from += 10 {
			list, err := s.store.From(t.Context(), from, 10)
			s.must(err)
			ack, pages := h.execute(t, s, list)
			s.step(Received{ack})
			for _, page := range pages {
				s.step(Received{page})
			}
			s.step(Received{h.checkpoint(s)})
		}
		if s.engine.ran > 0 || len(s.outbox()) > 0 {
			t.Errorf("of %d mutations %d were run again and %d are left", n, s.engine.ran, len(s.outbox()))
		}
		if hub, err := h.Get(desk.Ticket{ID: "t0"}.Key()); err != nil || fmt.Sprint(hub) != fmt.Sprint(s.first()) {
			t.Errorf("it shows %+v and the hub has %+v, %v", s.first(), hub, err)
		}
	}
}

// TestANewsRunsOnceAgain: what somebody else did on the ticket has what waits for
// it run again, once.
func TestANewsRunsOnceAgain(t *testing.T) {
	const n = 60
	s, h := drained(t, n)
	ticket := h.records[desk.Ticket{ID: "t0"}.Key()]
	e, err := desk.Decode(ticket)
	s.must(err)
	changed := e.(desk.Ticket)
	changed.Category, changed.Rev = "Network", changed.Rev+1
	h.seqs["team:first"]++
	h.n++
	page := protocol.Rows{N: h.n, Bucket: "team:first", Epoch: 1, To: h.seqs["team:first"], Rows: []protocol.Row{{Seq: h.seqs["team:first"], Record: h.keep(t, changed)}}}
	s.step(Received{page})
	s.step(Received{h.checkpoint(s)})
	if s.engine.ran != n {
		t.Errorf("%d were run again, want %d", s.engine.ran, n)
	}
	for from := int64(1); from <= n; from += 10 {
		list, err := s.store.From(t.Context(), from, 10)
		s.must(err)
		ack, pages := h.execute(t, s, list)
		s.step(Received{ack})
		for _, page := range pages {
			s.step(Received{page})
		}
		s.step(Received{h.checkpoint(s)})
	}
	if s.engine.ran != n || len(s.outbox()) > 0 || s.first().Category != "Network" {
		t.Errorf("%d were run again, want %d; %d are left; %+v", s.engine.ran, n, len(s.outbox()), s.first())
	}
}

// first is the ticket all of it is on.
func (s *seat) first() desk.Ticket {
	s.Helper()
	t, err := s.find("t0")
	s.must(err)
	return t
}

// drained is a laptop with n mutations on one ticket, in step with a hub that
// knows none of them.
func drained(t *testing.T, n int) (*seat, *sketch) {
	w := newTwins(t, 1)
	s := w.some
	for i := range n {
		name, args, old := desk.TimeLog, any(desk.LogTime{Entry: desk.TimeEntry{ID: desk.TimeID(fmt.Sprint("e", i)), Minutes: 1}}), map[desk.Field]string(nil)
		switch i % 3 {
		case 0:
			name, args = desk.MessageAdd, desk.AddMessage{Message: desk.Message{ID: desk.MessageID(fmt.Sprint("n", i)), Kind: desk.InternalNote, Text: "Tried the next switch"}}
		case 1:
			old = map[desk.Field]string{desk.FieldTitle: s.first().Title}
			name, args = desk.TicketPatch, desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTitle: fmt.Sprint("Switch ", i)}}
		}
		m, err := desk.NewMutation(name, "t0", args, s.now)
		s.must(err)
		m.Old = old
		_, err = s.engine.Edit(t.Context(), s.now, m)
		s.must(err)
	}
	s.must(s.store.View(t.Context(), func(tx *store.ReplicaTx) error {
		bases, err := tx.Bases()
		if len(bases) < n {
			t.Errorf("only %d records are shown ahead", len(bases))
		}
		return err
	}))
	s.engine.ran = 0
	return s, w.hub
}

// TestAFoldRunsNothingAgain, however much waits for its ticket; after a start it
// does, once.
func TestAFoldRunsNothingAgain(t *testing.T) {
	s, _ := drained(t, 51)
	title := func(v string) {
		t.Helper()
		m, err := desk.NewMutation(desk.TicketPatch, "t0", desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTitle: v}}, s.now)
		s.must(err)
		m.Old = map[desk.Field]string{desk.FieldTitle: s.first().Title}
		saved, err := s.engine.Edit(t.Context(), s.now, m)
		s.must(err)
		if saved[0].Mid != 52 {
			t.Fatalf("saved as %d", saved[0].Mid)
		}
	}
	for _, v := range []string{"a", "b", "c"} {
		title(v)
	}
	if s.engine.ran != 0 {
		t.Errorf("%d were run again", s.engine.ran)
	}
	shown := s.first()
	s.must(s.engine.Recover(t.Context(), s.now))
	s.engine.ran = 0
	if fmt.Sprint(shown) != fmt.Sprint(s.first()) {
		t.Errorf("it showed %+v and shows %+v", shown, s.first())
	}
	title("d")
	title("e")
	if s.engine.ran != 51 {
		t.Errorf("%d were run again after a start, want 51", s.engine.ran)
	}
}
