package simulation

import (
	"errors"
	"slices"
	"strings"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// settled holds once the world has healed.
func (w *world) settled() {
	if w.oracle.doubled != "" && !w.untold && w.count["disks put back"] == 0 {
		w.fail("numbers", "the number %s was given twice", w.oracle.doubled)
	}
	w.check(w.central().View(w.ctx, func(tx *store.CentralTx) error {
		trees, fates := w.readTrees(tx), w.fates(tx)
		w.exactlyOnce(tx, fates)
		w.nothingLost(tx, trees, fates)
		w.standOnce(trees)
		w.standApart(trees)
		for id, tree := range trees {
			w.noSilentOverwrite(tree)
			w.validHistory(id, tree)
			w.verdicts(id, tree)
			w.setsMerge(id, tree)
			w.timeAddsUp(id, tree, fates)
		}
		buckets := map[desk.BucketID]protocol.Sum{}
		for _, l := range w.laptops {
			w.converged(tx, l, trees, buckets)
		}
		return nil
	}))
}

// tree is a ticket at the hub with everything below it.
type tree struct {
	ticket    desk.Ticket
	messages  map[desk.MessageID]desk.Message
	events    []desk.Event
	conflicts []desk.Conflict
}

func (w *world) readTrees(tx *store.CentralTx) map[desk.TicketID]*tree {
	trees := map[desk.TicketID]*tree{}
	for _, id := range w.tickets {
		records, err := tx.Tree(id)
		w.check(err)
		if len(records) == 0 {
			continue
		}
		t := &tree{messages: map[desk.MessageID]desk.Message{}}
		for _, r := range records {
			e, err := desk.Decode(r)
			w.check(err)
			switch e := e.(type) {
			case desk.Ticket:
				t.ticket = e
			case desk.Message:
				t.messages[e.ID] = e
			case desk.Event:
				t.events = append(t.events, e)
			case desk.Conflict:
				t.conflicts = append(t.conflicts, e)
			}
		}
		slices.SortFunc(t.events, desk.InHistory)
		trees[id] = t
	}
	return trees
}

// fates reads what became of every saved mutation.
func (w *world) fates(tx *store.CentralTx) map[string]desk.Result {
	fates := map[string]desk.Result{}
	for key, m := range w.oracle.mutations {
		if result, ok, err := tx.Result(m.Device, m.Mid); ok || err != nil {
			w.check(err)
			fates[key] = result
		}
	}
	return fates
}

// exactlyOnce: every saved mutation has one result, dense from 1 (SPEC R3).
func (w *world) exactlyOnce(tx *store.CentralTx, fates map[string]desk.Result) {
	for _, l := range w.laptops {
		d, err := tx.Device(l.device)
		w.check(err)
		if d.LastMid != w.oracle.last[l.device] {
			w.fail("I3 exactly once", "%s saved %d mutations, the hub has %d", l.device, w.oracle.last[l.device], d.LastMid)
		}
		for mid := range d.LastMid {
			if _, ok := fates[place(l.device, mid+1)]; !ok {
				w.fail("I3 exactly once", "%s: mid %d has no result", l.device, mid+1)
			}
		}
	}
}

// nothingLost: every word typed is live, in the history, in a conflict, or in a
// rejection with its full arguments (I9); a refused one has no effect (I14).
func (w *world) nothingLost(tx *store.CentralTx, trees map[desk.TicketID]*tree, fates map[string]desk.Result) {
	for id, text := range w.oracle.messages {
		if !slices.ContainsFunc(w.tickets, func(t desk.TicketID) bool { return trees[t] != nil && trees[t].messages[id].Text == text }) && !movedTo(trees, text) {
			w.fail("I9 no word is lost", "the mail %q is lost", text)
		}
	}
	for key, m := range w.oracle.mutations {
		result := fates[key]
		rejection := w.rejectionOf(tx, key)
		w.rightlyRefused(m, result)
		if (result.Status == desk.Rejected) != (rejection != nil) {
			w.fail("I9 no word is lost", "%s is %s but its rejection is %v", key, result.Status, rejection)
		}
		for _, word := range words(m) {
			held := trees[m.Ticket] != nil && trees[m.Ticket].holds(word) || m.Name == desk.MessageAdd && movedTo(trees, word)
			switch {
			case rejection != nil && !strings.Contains(string(rejection.Args), word):
				w.fail("I9 no word is lost", "the rejection of %s lost %q", key, word)
			case rejection != nil && held && !w.saidAgain(m.Ticket, word, fates):
				w.fail("I14 a refusal leaves nothing", "%s was refused but left %q", key, word)
			case rejection == nil && !held && !sameAlready(m, result):
				w.fail("I9 no word is lost", "%s (%s, %s) lost %q", key, m.Name, result.Status, word)
			}
		}
	}
}

// sameAlready: a move to the state that stands keeps the first mover's notes.
func sameAlready(m desk.Mutation, r desk.Result) bool {
	return m.Name == desk.TicketMove && r.Status == desk.Applied
}

func (w *world) rejectionOf(tx *store.CentralTx, key string) *desk.Rejection {
	e, err := tx.Get(desk.Rejection{ID: key + ".0"}.Key())
	if errors.Is(err, desk.ErrUnknown) {
		return nil
	}
	w.check(err)
	r := e.(desk.Rejection)
	return &r
}

func (t *tree) holds(word string) bool {
	live := says(t.ticket.Description, word) || t.ticket.MeterReading == word || t.ticket.Title == word || t.ticket.Category == word || t.ticket.ResolutionNotes == word ||
		slices.Contains(t.ticket.Labels, word) || slices.ContainsFunc(t.ticket.Checklist, func(i desk.Item) bool { return i.Text == word }) || t.beside(word) || t.messages[desk.MessageID(word)].Text == word
	return live || slices.ContainsFunc(t.events, func(e desk.Event) bool {
		return says(e.New, word) || says(e.Old, word) || e.Note == word
	}) ||
		slices.ContainsFunc(t.conflicts, func(c desk.Conflict) bool {
			return says(c.Client, word) || says(c.Server, word) || c.Move != nil && c.Move.ResolutionNotes == word
		})
}

// says reports whether a word is a line of a text.
func says(text, word string) bool { return slices.Contains(strings.Split(text, "\n"), word) }

// noSilentOverwrite: who changed a field had seen what he replaced (R11).
func (w *world) noSilentOverwrite(t *tree) {
	for _, e := range t.events {
		m, known := w.oracle.origin(e.ID)
		outdone := e.Field == desk.FieldMeterReading && t.keeps(e.Old) // R14: it was measured there
		if e.Kind == desk.EventChanged && known && m.Name == desk.TicketPatch && m.Old[e.Field] != e.Old && !outdone {
			w.fail("I8 no silent overwrite", "%s replaced %q in %s but had seen %q", e.ID, e.Old, e.Field, m.Old[e.Field])
		}
	}
}

// keeps reports whether a value stands in a conflict.
func (t *tree) keeps(value string) bool {
	return slices.ContainsFunc(t.conflicts, func(c desk.Conflict) bool { return c.Client == value || c.Server == value })
}

// timeAddsUp: the time spent is the sum of what was logged and not refused, each
// entry once (SPEC R16).
func (w *world) timeAddsUp(id desk.TicketID, t *tree, fates map[string]desk.Result) {
	want := 0
	for key, m := range w.oracle.mutations {
		if m.Name == desk.TimeLog && m.Ticket == id && fates[key].Status != desk.Rejected {
			var a desk.LogTime
			mustRead(argsOf(m), &a)
			want += a.Entry.Minutes
		}
	}
	if t.ticket.TimeSpent != want {
		w.fail("I3 exactly once", "%s says %d minutes, %d were logged", id, t.ticket.TimeSpent, want)
	}
}

// setsMerge: what was added to a set and not taken away stands in it (SPEC R15).
func (w *world) setsMerge(id desk.TicketID, t *tree) {
	for _, e := range t.events {
		gone := slices.ContainsFunc(t.events, func(o desk.Event) bool {
			return o.Kind == desk.EventRemoved && o.Field == e.Field && o.Old == e.New
		})
		if e.Kind == desk.EventAdded && e.Field == "labels" && !gone && !slices.Contains(t.ticket.Labels, e.New) {
			w.fail("I8 no silent overwrite", "%s got the label %q and does not bear it", id, e.New)
		}
	}
}

// allowedMoves is the table of moves written down a second time, by hand, so
// that the model is independent of the rule (I11).
var allowedMoves = map[string]string{
	"new": "in_progress on_hold resolved cancelled", "in_progress": "on_hold resolved cancelled",
	"on_hold": "in_progress resolved cancelled", "resolved": "in_progress closed", "closed": "in_progress", "cancelled": "",
}

// validHistory: every move is allowed, and the moves make one path, in the order
// of the history, from New to the state that stands (SPEC R12).
func (w *world) validHistory(id desk.TicketID, t *tree) {
	at := string(desk.StateNew)
	for _, e := range t.events {
		settledBySide := e.Kind == desk.EventSettled && e.Note != ""
		if e.Field != desk.FieldState || e.Kind == desk.EventDisputed || settledBySide && !strings.HasPrefix(e.Note, "awaiting") {
			continue
		}
		if !allowed(e.Old, e.New) {
			w.fail("I11 valid histories", "%s went from %s to %s", id, e.Old, e.New)
		}
		if e.Old != at {
			w.fail("I11 valid histories", "%s went from %s to %s when it stood in %s", id, e.Old, e.New, at)
		}
		at = e.New
	}
	if at != string(t.ticket.State) {
		w.fail("I11 valid histories", "%s stands in %s but its history ends in %s", id, t.ticket.State, at)
	}
}

// converged: the laptop holds what the hub gives, all of it and nothing else
// (I1, I10), and the sequences of a bucket end at its counter (I12). What the hub
// holds is counted once for each bucket.
func (w *world) converged(tx *store.CentralTx, l *laptop, trees map[desk.TicketID]*tree, buckets map[desk.BucketID]protocol.Sum) {
	actor := desk.PrincipalOf(*w.people[l.person], l.device)
	given := desk.WithArchives(actor.Buckets(nil), l.wanted())
	cursors := l.cursorsOf()
	heads, err := tx.Heads(given)
	w.check(err)
	if len(cursors) != len(given) {
		w.fail("I10 nothing outside the subscription", "%s has %d buckets and is given %d", l.device, len(cursors), len(given))
	}
	w.check(l.store.View(w.ctx, func(here *store.ReplicaTx) error {
		for _, b := range given {
			if cursors[b].Seq != heads[b].Seq || !cursors[b].Filled {
				w.fail("I1 convergence", "%s stands at %v of %s, the hub at %v", l.device, cursors[b], b, heads[b])
			}
			want, counted := buckets[b]
			if !counted {
				w.dense(tx, b, heads[b].Seq)
				rows, sum, err := tx.BucketDigest(b)
				w.check(err)
				want = protocol.Sum{Rows: rows, Sum: sum}
				buckets[b] = want
			}
			rows, sum, err := here.BucketDigest(b)
			w.check(err)
			if got := (protocol.Sum{Rows: rows, Sum: sum}); got != want {
				w.fail("I1 convergence", "%s differs in %s: it holds %+v, the hub %+v", l.device, b, got, want)
			}
		}
		return w.nothingForbidden(here, l, given, actor, trees)
	}))
}

func (w *world) dense(tx *store.CentralTx, b desk.BucketID, head int64) {
	changes, err := tx.Changes(b, 0, 100_000)
	w.check(err)
	last, kept := int64(0), protocol.Sum{}
	for _, c := range changes {
		if !c.Drop {
			kept.Rows++
			kept.Sum += c.Record.Hash()
		}
		if c.Seq <= last {
			w.fail("I12 dense sequences", "%s has the sequence %d twice", b, c.Seq)
		}
		last = c.Seq
	}
	if last > head {
		w.fail("I12 dense sequences", "%s ends at %d, its counter at %d", b, last, head)
	}
	heads, err := tx.Heads([]desk.BucketID{b})
	w.check(err)
	if running := (protocol.Sum{Rows: heads[b].Rows, Sum: heads[b].Sum}); running != kept {
		w.fail("I13 sums tell the truth", "the hub says %+v of %s, its records are %+v", running, b, kept)
	}
}

// nothingForbidden: a ticket is here if it stands in a bucket that is given, and
// then its person may read it, with all of its messages as the hub has them; of
// any other nothing is left.
func (w *world) nothingForbidden(here *store.ReplicaTx, l *laptop, given []desk.BucketID, actor desk.Principal, trees map[desk.TicketID]*tree) error {
	for _, id := range w.tickets {
		t := trees[id]
		if t == nil {
			continue
		}
		_, err := here.Get(desk.Ticket{ID: id}.Key())
		may := slices.ContainsFunc(t.ticket.Buckets(), func(b desk.BucketID) bool { return slices.Contains(given, b) })
		if may != (err == nil) || may && !actor.CanRead(t.ticket) || !may && t.ticket.Archived == "" && actor.CanRead(t.ticket) {
			w.fail("I10 nothing outside the subscription", "%s is given %s: %v, may read it: %v, has it: %v", l.device, id, may, actor.CanRead(t.ticket), err == nil)
		}
		thread, err := here.Thread(id)
		w.check(err)
		if !may && len(thread) > 0 {
			w.fail("I10 nothing outside the subscription", "%s may not read %s and keeps %d messages of it", l.device, id, len(thread))
		}
		if may && len(thread) != len(t.messages) {
			w.fail("I1 convergence", "%s has %d messages of %s, the hub %d", l.device, len(thread), id, len(t.messages))
		}
		for _, m := range thread {
			if m.Text != t.messages[m.ID].Text {
				w.fail("I1 convergence", "%s reads %q in %s of %s, the hub %q", l.device, m.Text, m.ID, id, t.messages[m.ID].Text)
			}
		}
	}
	return nil
}
