package simulation

import (
	"errors"
	"slices"
	"strings"

	"holdall/desk"
	"holdall/store"
)

// watch holds after every step of a laptop: cursors never go back, unless the
// bucket is being filled again (SPEC R8).
func (l *laptop) watch() {
	now := l.cursorsOf()
	for b, was := range l.cursors {
		is, has := now[b]
		if has && is.Epoch == was.Epoch && is.Seq < was.Seq && !(is.Seq == 0 && !is.Filled) {
			l.w.failf("%s: the cursor of %s went back from %d to %d", l.device, b, was.Seq, is.Seq)
		}
	}
	l.cursors = now
}

// settled holds once the world has healed.
func (w *world) settled() {
	if w.oracle.doubled != "" {
		w.failf("the number %s was given twice", w.oracle.doubled)
	}
	w.check(w.central.View(w.ctx, func(tx *store.CentralTx) error {
		trees := w.readTrees(tx)
		w.exactlyOnce(tx)
		w.nothingLost(tx, trees)
		for id, tree := range trees {
			w.noSilentOverwrite(tree)
			w.validHistory(id, tree)
		}
		for _, l := range w.laptops {
			w.converged(tx, l)
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
		trees[id] = t
	}
	return trees
}

// exactlyOnce: every saved mutation has one result, dense from 1 (SPEC R3).
func (w *world) exactlyOnce(tx *store.CentralTx) {
	for _, l := range w.laptops {
		d, err := tx.Device(l.device)
		w.check(err)
		if d.LastMid != w.oracle.last[l.device] {
			w.failf("%s saved %d mutations, the hub has %d", l.device, w.oracle.last[l.device], d.LastMid)
		}
		for mid := range d.LastMid {
			if _, ok, err := tx.Result(l.device, mid+1); err != nil || !ok {
				w.failf("%s: mid %d has no result (%v)", l.device, mid+1, err)
			}
		}
	}
}

// nothingLost: every word typed is live, in the history, in a conflict, or in a
// rejection with its full arguments (I9); a refused one has no effect (I14).
func (w *world) nothingLost(tx *store.CentralTx, trees map[desk.TicketID]*tree) {
	for id, text := range w.oracle.messages {
		if !slices.ContainsFunc(w.tickets, func(t desk.TicketID) bool { return trees[t] != nil && trees[t].messages[id].Text == text }) {
			w.failf("the mail %q is lost", text)
		}
	}
	for key, m := range w.oracle.mutations {
		result, _, err := tx.Result(m.Device, m.Mid)
		w.check(err)
		rejection := w.rejectionOf(tx, key)
		if (result.Status == desk.Rejected) != (rejection != nil) {
			w.failf("%s is %s but its rejection is %v", key, result.Status, rejection)
		}
		for _, word := range words(m) {
			held := trees[m.Ticket] != nil && trees[m.Ticket].holds(word)
			switch {
			case rejection != nil && !strings.Contains(string(rejection.Args), word):
				w.failf("the rejection of %s lost %q", key, word)
			case rejection != nil && held:
				w.failf("%s was refused but left %q", key, word)
			case rejection == nil && !held && !sameAlready(m, result):
				w.failf("%s (%s, %s) lost %q", key, m.Name, result.Status, word)
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
	live := t.ticket.Title == word || t.ticket.Category == word || t.ticket.ResolutionNotes == word ||
		slices.Contains(t.ticket.Labels, word) || t.messages[desk.MessageID(word)].Text == word
	return live || slices.ContainsFunc(t.events, func(e desk.Event) bool { return e.New == word || e.Old == word || e.Note == word }) ||
		slices.ContainsFunc(t.conflicts, func(c desk.Conflict) bool {
			return c.Client == word || c.Server == word || c.Move != nil && c.Move.ResolutionNotes == word
		})
}

// noSilentOverwrite: who changed a field had seen what he replaced (R11).
func (w *world) noSilentOverwrite(t *tree) {
	for _, e := range t.events {
		m, known := w.oracle.origin(e.ID)
		if e.Kind == desk.EventChanged && known && m.Name == desk.TicketPatch && m.Old[e.Field] != e.Old {
			w.failf("%s replaced %q in %s but had seen %q", e.ID, e.Old, e.Field, m.Old[e.Field])
		}
	}
}

// allowedMoves is the table of moves written down a second time, by hand, so
// that the model is independent of the rule (I11).
var allowedMoves = map[string]string{
	"new": "in_progress on_hold resolved cancelled", "in_progress": "on_hold resolved cancelled",
	"on_hold": "in_progress resolved cancelled", "resolved": "in_progress closed", "closed": "in_progress", "cancelled": "",
}

// validHistory: every move is allowed, and the moves make one path from New to
// the state that stands.
func (w *world) validHistory(id desk.TicketID, t *tree) {
	balance := map[string]int{"new": 1}
	for _, e := range t.events {
		settledBySide := e.Kind == desk.EventSettled && e.Note != ""
		if e.Field != desk.FieldState || e.Kind == desk.EventDisputed || settledBySide && !strings.HasPrefix(e.Note, "awaiting") {
			continue
		}
		if !slices.Contains(strings.Fields(allowedMoves[e.Old]), e.New) {
			w.failf("%s went from %s to %s", id, e.Old, e.New)
		}
		balance[e.Old]--
		balance[e.New]++
	}
	for state, n := range balance {
		if want := map[bool]int{true: 1}[state == string(t.ticket.State)]; n != want {
			w.failf("%s stands in %s but its history leaves %d in %s", id, t.ticket.State, n, state)
		}
	}
}

// converged: the laptop holds what the hub gives, all of it and nothing else
// (I1, I10), and the sequences of a bucket end at its counter (I12).
func (w *world) converged(tx *store.CentralTx, l *laptop) {
	actor := desk.PrincipalOf(*w.people[l.person], l.device)
	given := actor.Buckets(nil)
	cursors := l.cursorsOf()
	heads, err := tx.Heads(given)
	w.check(err)
	if len(cursors) != len(given) {
		w.failf("%s has %d buckets and is given %d", l.device, len(cursors), len(given))
	}
	w.check(l.store.View(w.ctx, func(here *store.ReplicaTx) error {
		for _, b := range given {
			if cursors[b].Seq != heads[b].Seq || !cursors[b].Filled {
				w.failf("%s stands at %v of %s, the hub at %v", l.device, cursors[b], b, heads[b])
			}
			w.dense(tx, b, heads[b].Seq)
			hubRows, hubSum, err := tx.BucketDigest(b)
			w.check(err)
			rows, sum, err := here.BucketDigest(b)
			w.check(err)
			if rows != hubRows || sum != hubSum {
				w.failf("%s differs in %s: %d rows %x, the hub %d rows %x", l.device, b, rows, sum, hubRows, hubSum)
			}
		}
		return w.nothingForbidden(tx, here, l, actor)
	}))
}

func (w *world) dense(tx *store.CentralTx, b desk.BucketID, head int64) {
	changes, err := tx.Changes(b, 0, 100_000)
	w.check(err)
	last := int64(0)
	for _, c := range changes {
		if c.Seq <= last {
			w.failf("%s has the sequence %d twice", b, c.Seq)
		}
		last = c.Seq
	}
	if last != head {
		w.failf("%s ends at %d, its counter at %d", b, last, head)
	}
}

func (w *world) nothingForbidden(tx *store.CentralTx, here *store.ReplicaTx, l *laptop, actor desk.Principal) error {
	for _, id := range w.tickets {
		e, err := tx.Get(desk.Ticket{ID: id}.Key())
		if errors.Is(err, desk.ErrUnknown) {
			continue
		}
		w.check(err)
		_, err = here.Get(desk.Ticket{ID: id}.Key())
		if may := actor.CanRead(e.(desk.Ticket)); may != (err == nil) {
			w.failf("%s may read %s: %v, but has it: %v", l.device, id, may, err == nil)
		}
	}
	return nil
}
