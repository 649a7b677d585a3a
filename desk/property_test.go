package desk

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"
)

// laptop is a person's device: what it last saw, with its own pending edits on
// top, and what it has not sent yet.
type laptop struct {
	by      Principal
	seen    map[Field]string
	pending []Mutation
}

// typed is a value somebody wrote, and the value they saw when they wrote it.
type typed struct {
	field Field
	value string
}

var prose = []Field{FieldTitle, FieldDescription, FieldCategory, FieldResolutionNotes}

// TestEveryValueSurvives lets two or three people edit the same fields apart, in
// random order (SPEC I9): each value is live, or was replaced by someone who had
// seen it, or stands in a conflict or in the record of one.
func TestEveryValueSurvives(t *testing.T) {
	disputes, settled := 0, 0
	for seed := range uint64(300) {
		w, r := newWorld(t), rand.New(rand.NewPCG(seed, 9))
		w.open("t")
		people := []*laptop{{by: w.as("ana")}, {by: w.as("ben")}, {by: w.as("admin")}}[:2+r.IntN(2)]
		for _, p := range people {
			p.sync(w)
		}
		var words []typed
		overwriters := map[string]string{} // value: what its author saw
		for step := range 60 {
			p := people[r.IntN(len(people))]
			switch roll := r.IntN(10); {
			case roll < 5:
				words = append(words, p.write(w, prose[r.IntN(len(prose))], fmt.Sprintf("%s %d", p.by.Person, step), overwriters))
			case roll < 8:
				disputes += p.send(w, 1+r.IntN(3))
			case roll < 9:
				settled += p.decide(w, r, fmt.Sprintf("%s decides %d", p.by.Person, step))
			default:
				disputes += p.send(w, len(p.pending))
				p.sync(w)
			}
		}
		for _, p := range people {
			disputes += p.send(w, len(p.pending))
		}
		for _, x := range words {
			if where := w.find(x, overwriters); where == "" {
				t.Fatalf("seed %d: %q of %s is lost; history %+v", seed, x.value, x.field, w.of(x.field))
			}
		}
	}
	if disputes < 300 || settled < 100 {
		t.Errorf("only %d disputes and %d decisions: nothing was tried", disputes, settled)
	}
}

func (p *laptop) sync(w *world) {
	p.seen = map[Field]string{}
	for _, f := range prose {
		p.seen[f] = w.ticket("t").Value(f)
	}
}

func (p *laptop) write(w *world, f Field, value string, overwriters map[string]string) typed {
	old := p.seen[f]
	overwriters[value] = old
	p.pending = append(p.pending, w.mutation(p.by, TicketPatch, "t", PatchTicket{Set: map[Field]string{f: value}}, map[Field]string{f: old}))
	p.seen = maps.Clone(p.seen)
	p.seen[f] = value
	return typed{f, value}
}

// send pushes the oldest n edits and counts those that ended in a conflict.
func (p *laptop) send(w *world, n int) (disputed int) {
	for range min(n, len(p.pending)) {
		e, err := w.take(p.by, p.pending[0])
		if err != nil {
			w.Fatal(err)
		}
		if e.Status == Disputed {
			disputed++
		}
		p.pending = p.pending[1:]
	}
	return disputed
}

// decide settles one open conflict as it stands at the hub.
func (p *laptop) decide(w *world, r *rand.Rand, value string) int {
	open, _ := w.OpenConflicts("t")
	if len(open) == 0 {
		return 0
	}
	c := open[r.IntN(len(open))]
	choice := []Choice{ChooseServer, ChooseMine, ChooseEdit, ChooseDismiss}[r.IntN(4)]
	w.do(p.by, ConflictResolve, "t", ResolveConflict{Conflict: c.ID, Choice: choice, Value: value, Seen: w.ticket("t").Value(c.Field)})
	return 1
}

// find says where a value is, or nothing.
func (w *world) find(x typed, overwriters map[string]string) string {
	if w.ticket("t").Value(x.field) == x.value {
		return "live"
	}
	for _, e := range w.records {
		if c, ok := e.(Conflict); ok && c.Field == x.field && (c.Client == x.value || c.Server == x.value) {
			return "in a conflict, open or decided by someone who saw both"
		}
	}
	for _, e := range w.history("t") {
		switch {
		case e.Field != x.field:
		case e.Kind == EventSettled && e.Old == x.value:
			return "settled by someone who had it before him"
		case e.Kind == EventChanged && e.Old == x.value && overwriters[e.New] == x.value:
			return "replaced by someone who had seen it"
		case e.Kind == EventDisputed && e.New == x.value && w.folded(e):
			return "in history, replaced by a later wish of its own author"
		}
	}
	return ""
}

// folded reports whether the same device disputed the same field once more.
func (w *world) folded(first Event) bool {
	for _, e := range w.history("t") {
		if e.Kind == EventDisputed && e.Field == first.Field && e.Device == first.Device && e.New != first.New {
			return true
		}
	}
	return false
}

// of is the history of one field, a line each.
func (w *world) of(f Field) (lines []string) {
	for _, e := range w.history("t") {
		if e.Field == f {
			lines = append(lines, fmt.Sprintf("\n%s %s: %q to %q", e.ID, e.Kind, e.Old, e.New))
		}
	}
	return lines
}
