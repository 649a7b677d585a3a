package replica

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// twins are two laptops to which the same happens: one runs again what a change
// concerns, the other one everything. All they can be told apart by must be the
// same.
type twins struct {
	*testing.T
	rand       *rand.Rand
	some, all  *seat
	hub        *sketch
	mid, acked int64
	made       int
	merges     int
	news       int // records that came while something was pending
}

// sketch is a hub as far as a laptop sees it: records, the buckets of trees, and
// counters.
type sketch struct {
	records map[desk.Key]desk.Record
	homes   map[desk.TicketID]desk.BucketID
	seqs    map[desk.BucketID]int64
	n       int64 // pages
}

var twinBuckets = []desk.BucketID{desk.BucketOrg, "team:first", "user:ana"}

const twinTickets = 6

func ticketAt(n int) desk.TicketID { return desk.TicketID(fmt.Sprint("t", n)) }

func newTwins(t *testing.T, seed uint64) *twins {
	w := &twins{T: t, rand: rand.New(rand.NewPCG(seed, 7)), some: seated(t), all: seated(t), hub: &sketch{
		records: map[desk.Key]desk.Record{}, homes: map[desk.TicketID]desk.BucketID{}, seqs: map[desk.BucketID]int64{},
	}}
	entities := []desk.Entity{
		desk.NewWorkspace("w", "Nordlicht Werke"), desk.Team{ID: "first", Name: "First line"}, desk.Requester{ID: "rita", Name: "Rita"},
		desk.Person{ID: "ana", Name: "Ana Roth", Email: "ana@example.com", Roles: []desk.Role{desk.RoleAdmin}, Teams: []desk.TeamID{"first"}},
		desk.Rejection{ID: "r", Person: "ana", Message: "No."},
	}
	for n := range twinTickets {
		entities = append(entities, desk.Ticket{ID: ticketAt(n), Number: desk.FormatNumber(desk.Incident, int64(n)), Kind: desk.Incident, Title: "Mail is slow",
			Requester: "rita", Team: "first", State: desk.StateNew, Impact: 3, Urgency: 3, Priority: 5, Rev: 1})
	}
	for _, b := range twinBuckets {
		w.hub.seqs[b] = 5
	}
	for _, e := range entities {
		w.hub.keep(t, e)
	}
	for _, s := range []*seat{w.some, w.all} {
		s.must(s.store.Update(t.Context(), func(tx *store.ReplicaTx) error {
			if err := tx.DropTree("t"); err != nil {
				return err
			}
			for _, e := range entities {
				if err := tx.PutRecord(w.hub.records[e.Key()]); err != nil {
					return err
				}
				if tree := desk.TreeOf(e); tree != "" {
					if err := tx.Enter(tree, "team:first"); err != nil {
						return err
					}
				}
			}
			return nil
		}))
		s.online(twinBuckets...)
	}
	return w
}

// keep takes in what the hub knows.
func (h *sketch) keep(t *testing.T, e desk.Entity) desk.Record {
	r, err := desk.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	h.records[r.Key] = r
	if r.Kind == desk.KindTicket && h.homes[r.Tree] == "" {
		h.homes[r.Tree] = "team:first"
	}
	return r
}

// home is the bucket of a record.
func (h *sketch) home(r desk.Record) desk.BucketID {
	switch {
	case r.Kind == desk.KindRejection:
		return "user:ana"
	case r.Tree == "":
		return desk.BucketOrg
	}
	return h.homes[r.Tree]
}

func (h *sketch) sums() map[desk.BucketID]protocol.Sum {
	sums := map[desk.BucketID]protocol.Sum{}
	for _, b := range twinBuckets {
		sums[b] = protocol.Sum{}
	}
	for _, r := range h.records {
		if b := h.home(r); b != "" {
			sums[b] = protocol.Sum{Rows: sums[b].Rows + 1, Sum: sums[b].Sum + r.Hash()}
		}
	}
	return sums
}

// both lets something happen to both laptops; the one has its whole outbox run
// again each time.
func (w *twins) both(what string, do func(s *seat) any) {
	w.Helper()
	w.all.engine.pending = nil
	some, all := do(w.some), do(w.all)
	if !reflect.DeepEqual(some, all) {
		w.Fatalf("%s: %+v, and if everything is run again %+v", what, some, all)
	}
	if some, all := w.look(w.some), w.look(w.all); !reflect.DeepEqual(some, all) {
		w.Fatalf("after %s one shows\n%+v\nand the other one\n%+v", what, some, all)
	}
}

// look is all that a laptop holds.
func (w *twins) look(s *seat) (list []any) {
	w.Helper()
	pending, err := s.store.Pending(w.Context())
	s.must(err)
	list = append(list, pending)
	s.must(s.store.View(w.Context(), func(tx *store.ReplicaTx) error {
		bases, err := tx.Bases()
		s.must(err)
		tray, err := tx.Rejections("ana")
		s.must(err)
		list = append(list, bases, tray)
		for _, b := range twinBuckets {
			marks, err := tx.Marks(b, everyPart())
			s.must(err)
			rows, sum, err := tx.BucketDigest(b)
			s.must(err)
			list = append(list, marks, rows, sum)
			if kept, running, known, err := tx.RunningDigest(b); err != nil || known && (kept != rows || running != sum) {
				w.Fatalf("%s runs at %d %x and counts %d %x (%v)", b, kept, running, rows, sum, err)
			}
		}
		for n := range twinTickets + w.made {
			thread, err := tx.Thread(ticketAt(n))
			s.must(err)
			history, err := tx.History(ticketAt(n))
			s.must(err)
			open, err := tx.OpenConflicts(ticketAt(n))
			s.must(err)
			e, _ := tx.Get(desk.Ticket{ID: ticketAt(n)}.Key())
			list = append(list, e, thread, history, open)
		}
		return nil
	}))
	return list
}

func everyPart() (parts []byte) {
	for n := range 256 {
		parts = append(parts, byte(n))
	}
	return parts
}

func (w *twins) either(list ...string) string { return list[w.rand.IntN(len(list))] }

// write lets the person do something.
func (w *twins) write() {
	w.Helper()
	on := ticketAt(w.rand.IntN(twinTickets + w.made))
	name, args, old := desk.MessageAdd, any(desk.AddMessage{Message: desk.Message{ID: desk.MessageID(fmt.Sprint("m", w.rand.IntN(40))), Kind: desk.InternalNote, Text: "A note"}}), map[desk.Field]string(nil)
	switch w.rand.IntN(9) {
	case 0, 1, 2:
		name, args = desk.TicketPatch, desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTitle: w.either("a", "b", "c")}}
		old = map[desk.Field]string{desk.FieldTitle: w.either("a", "b", "Mail is slow")}
	case 3:
		name, args = desk.TicketMove, desk.MoveTicket{From: desk.StateNew, To: desk.StateInProgress}
	case 4:
		w.merges++
		name, args = desk.TicketMerge, desk.MergeTicket{Into: ticketAt(w.rand.IntN(twinTickets))}
	case 5:
		on = ticketAt(twinTickets + w.made)
		w.made++
		name, args = desk.TicketCreate, desk.CreateTicket{Kind: desk.Incident, Number: desk.FormatNumber(desk.Incident, int64(100+w.made)), Title: "New", Requester: "rita", Team: "first"}
	case 6:
		on, name, args = "", desk.RequesterPut, desk.Requester{ID: desk.RequesterID(w.either("rita", "rolf")), Name: w.either("Rita", "Rolf")}
	case 7:
		on, name, args = "", desk.WorkspacePut, desk.NewWorkspace("w", w.either("Nordlicht", "Werke"))
	}
	m, err := desk.NewMutation(name, on, args, w.some.now)
	if err != nil {
		w.Fatal(err)
	}
	m.Old = old
	w.both(fmt.Sprintf("%s on %s", name, on), func(s *seat) any {
		saved, err := s.engine.Edit(w.Context(), s.now, m)
		if desk.CodeOf(err) == desk.CodeInternal && err != nil {
			w.Fatal(err)
		}
		if len(saved) > 0 {
			w.mid = saved[0].Mid
		}
		return []any{saved, fmt.Sprint(err)}
	})
}

// step lets the same event happen to both, and compares what they say.
func (w *twins) step(m protocol.Message) {
	w.Helper()
	w.both(fmt.Sprintf("%+v", m), func(s *seat) any { return s.step(Received{m}) })
}

// answer lets the hub acknowledge some of what waits, here and there with what
// has not come yet.
func (w *twins) answer() {
	w.Helper()
	var ack protocol.Ack
	for n := w.rand.IntN(4); n > 0 && w.acked < w.mid; n-- {
		w.acked++
		r := desk.Result{Mid: w.acked, Status: desk.Applied, Vector: map[desk.BucketID]int64{}}
		for _, b := range append(twinBuckets[:w.rand.IntN(3):3], "team:elsewhere") {
			r.Vector[b] = w.hub.seqs[b] + int64(w.rand.IntN(3)) - 1
		}
		ack.Results = append(ack.Results, r)
	}
	w.step(ack)
}

// tell lets the hub send what others did, and now and then a checkpoint.
func (w *twins) tell() {
	w.Helper()
	for n := w.rand.IntN(4); n > 0; n-- {
		w.step(w.page())
		w.news++
	}
	if w.rand.IntN(2) == 0 {
		at := map[desk.BucketID]int64{}
		for b, seq := range w.hub.seqs {
			at[b] = seq
		}
		w.step(protocol.Checkpoint{Vector: at, Sums: w.hub.sums(), Time: w.some.now})
	}
}

// page is a page with one record, or with a tree that leaves.
func (w *twins) page() protocol.Rows {
	id := ticketAt(w.rand.IntN(twinTickets))
	var e desk.Entity = desk.Message{ID: desk.MessageID(fmt.Sprint("m", w.rand.IntN(40))), Ticket: id, Kind: desk.InternalNote, Text: "of others", Rev: 1}
	known, stands := w.hub.records[desk.Ticket{ID: id}.Key()]
	switch w.rand.IntN(6) {
	case 0:
		e = desk.Requester{ID: "rita", Name: w.either("Rita", "Rosa"), Rev: 7}
	case 1:
		e = desk.Person{ID: "ana", Name: w.either("Ana Roth", "Ana"), Email: "ana@example.com", Roles: []desk.Role{desk.Role(w.either(string(desk.RoleAdmin), string(desk.RoleAgent)))}, Teams: []desk.TeamID{"first"}}
	case 2, 3:
		t := desk.Ticket{ID: id, Number: desk.FormatNumber(desk.Incident, 1), Kind: desk.Incident, Requester: "rita", Team: "first", State: desk.StateNew, Impact: 3, Urgency: 3, Priority: 5}
		t.Title, t.Rev = w.either("a", "b", "c"), known.Rev+1
		e = t
	case 4:
		if stands {
			return w.leave(id)
		}
	}
	if m, ok := e.(desk.Message); ok && (!stands || w.hub.records[m.Key()].Key != desk.Key{}) {
		e = desk.Requester{ID: "rita", Name: "Rita", Rev: 8}
	}
	r := w.hub.keep(w.T, e)
	return w.send(w.hub.home(r), protocol.Row{Record: r})
}

func (w *twins) leave(id desk.TicketID) protocol.Rows {
	for key, r := range w.hub.records {
		if r.Tree == id {
			delete(w.hub.records, key)
		}
	}
	delete(w.hub.homes, id)
	return w.send("team:first", protocol.Row{Drop: true, Record: desk.Record{Key: desk.Ticket{ID: id}.Key(), Tree: id}})
}

func (w *twins) send(b desk.BucketID, row protocol.Row) protocol.Rows {
	w.hub.seqs[b]++
	w.hub.n++
	row.Seq = w.hub.seqs[b]
	return protocol.Rows{N: w.hub.n, Bucket: b, Epoch: 1, To: row.Seq, Rows: []protocol.Row{row}}
}

// again lets the connection of both break and be made anew.
func (w *twins) again() {
	w.Helper()
	w.both("another connection", func(s *seat) any { return append(s.step(Lost{Reason: "cut"}), s.online(twinBuckets...)...) })
}

// TestWhatIsRunAgainIsEnough: to run again what a change concerns makes the same
// of view, outbox and digests as to run everything (SPEC R9, R10, P20).
func TestWhatIsRunAgainIsEnough(t *testing.T) {
	worlds, merges, news, spared := 12, 0, 0, 0
	for seed := range uint64(worlds) {
		w := newTwins(t, seed)
		for range 40 {
			switch w.rand.IntN(14) {
			case 0, 1, 2, 3, 4:
				w.write()
			case 5, 6:
				w.answer()
			case 7, 8:
				w.tell()
			case 9, 10, 11:
				w.drain()
			case 12:
				w.refill()
			default:
				w.again()
			}
		}
		merges, news, spared = merges+w.merges, news+w.news, spared+w.all.engine.ran-w.some.engine.ran
	}
	if merges < worlds || news < 2*worlds || spared < 20*worlds {
		t.Errorf("%d merges, %d pages and %d mutations that were not run again in %d worlds prove little", merges, news, spared, worlds)
	}
}
