package desk

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// desktop is a device with a copy of the world, on which its own edits show at
// once, and what it has not sent.
type desktop struct {
	by      Principal
	view    *world
	pending []Mutation
}

// desktops play at one ticket with every kind of field. A word is typed once.
type desktops struct {
	hub      *world
	r        *rand.Rand
	list     []*desktop
	sent     map[string]Mutation // by device.mid
	refusals []Rejection
	words    []string
	outdone  int
	blended  int
	disputed int
	refused  int
	minutes  int
	mayMerge bool
	made     int // things that were named
}

// TestEveryPolicyKeepsEveryWord plays all kinds of fields against each other
// (SPEC I8, I9, R13 to R18): nobody replaces what he has not seen, and every
// word is live, in the history, in a conflict or in a refusal.
func TestEveryPolicyKeepsEveryWord(t *testing.T) {
	var outdone, blended, disputed, refused int
	for seed := range uint64(400) {
		d := newDesktops(t, seed)
		for range 80 {
			p := d.list[d.r.IntN(len(d.list))]
			switch roll := d.r.IntN(10); {
			case roll < 6:
				d.act(p)
			case roll < 8:
				d.send(p, 1+d.r.IntN(2))
			default:
				d.sync(p)
			}
		}
		for _, p := range d.list {
			d.sync(p)
		}
		d.judge(seed)
		outdone, blended, disputed, refused = outdone+d.outdone, blended+d.blended, disputed+d.disputed, refused+d.refused
	}
	if outdone < 100 || blended < 300 || disputed < 300 || refused < 300 {
		t.Errorf("%d outdone, %d blended, %d disputed, %d refused: nothing was tried", outdone, blended, disputed, refused)
	}
}

func newDesktops(t *testing.T, seed uint64) *desktops {
	w := newWorld(t)
	w.open("t")
	w.open("goes on")
	w.edit(hub, "t", FieldDescription, "", "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight")
	w.do(hub, TicketCheck, "t", CheckTicket{Add: []Item{{ID: "i0", Text: "first item"}}})
	d := &desktops{hub: w, r: rand.New(rand.NewPCG(seed, 14)), sent: map[string]Mutation{}, mayMerge: seed%4 == 0}
	for _, id := range []PersonID{"ana", "ben", "admin"} {
		view := *w
		view.records = maps.Clone(w.records)
		d.list = append(d.list, &desktop{by: w.as(id), view: &view})
	}
	return d
}

func (d *desktops) word() string {
	word := d.name("word") + "."
	d.words = append(d.words, word)
	return word
}

func (d *desktops) name(prefix string) string {
	d.made++
	return fmt.Sprint(prefix, d.made)
}

// act lets somebody do something to the ticket as it shows on the device.
func (d *desktops) act(p *desktop) {
	t := p.view.ticket("t")
	switch d.r.IntN(9) {
	case 0, 1, 2:
		f := []Field{FieldDescription, FieldDescription, FieldResolutionNotes}[d.r.IntN(3)]
		d.patch(p, f, strings.Join(d.rewritten(strings.Split(t.Value(f), "\n")), "\n"))
	case 3:
		d.patch(p, FieldCategory, d.word())
	case 4:
		d.patch(p, FieldMeterReading, d.name("10"))
	case 5:
		d.do(p, TicketCheck, CheckTicket{Add: []Item{{ID: ItemID(d.name("i")), Text: d.word()}}}, nil)
	case 6:
		d.checklist(p, t)
	case 7:
		d.do(p, TimeLog, LogTime{TimeEntry{ID: TimeID(d.name("l")), Minutes: 5, Note: d.word()}}, nil)
	case 8:
		d.rarely(p, t)
	}
}

// rewritten is a text after one edit.
func (d *desktops) rewritten(lines []string) []string {
	at := d.r.IntN(len(lines))
	if d.r.IntN(4) == 0 && len(lines) > 2 {
		return slices.Delete(lines, at, at+1)
	}
	if d.r.IntN(2) == 0 {
		return slices.Insert(lines, at, d.word())
	}
	lines[at] = d.word()
	return lines
}

func (d *desktops) checklist(p *desktop, t Ticket) {
	if len(t.Checklist) == 0 {
		return
	}
	item := t.Checklist[d.r.IntN(len(t.Checklist))]
	switch d.r.IntN(3) {
	case 0:
		d.do(p, TicketCheck, CheckTicket{Tick: []ItemID{item.ID}}, nil)
	case 1:
		d.do(p, TicketCheck, CheckTicket{Remove: map[ItemID]string{item.ID: item.Text}}, nil)
	case 2:
		d.patch(p, ItemField(item.ID), d.word())
	}
}

// rarely resolves with notes, decides a conflict, or merges the ticket away.
func (d *desktops) rarely(p *desktop, t Ticket) {
	open, _ := p.view.OpenConflicts("t")
	switch {
	case d.mayMerge && d.r.IntN(6) == 0:
		d.do(p, TicketMerge, MergeTicket{Into: "goes on"}, nil)
	case len(open) > 0:
		c := open[d.r.IntN(len(open))]
		choice := []Choice{ChooseServer, ChooseMine, ChooseDismiss}[d.r.IntN(3)]
		d.do(p, ConflictResolve, ResolveConflict{Conflict: c.ID, Choice: choice, Seen: t.Value(c.Field)}, nil)
	case t.State.Open():
		notes := t.ResolutionNotes + "\n" + d.word()
		d.do(p, TicketMove, MoveTicket{From: t.State, To: StateResolved, ResolutionCode: ResolvedSolved, ResolutionNotes: notes},
			map[Field]string{FieldResolutionNotes: t.ResolutionNotes})
	default:
		d.do(p, TicketMove, MoveTicket{From: t.State, To: StateInProgress}, nil)
	}
}

func (d *desktops) patch(p *desktop, f Field, value string) {
	d.do(p, TicketPatch, PatchTicket{Set: map[Field]string{f: value}}, map[Field]string{f: p.view.ticket("t").Value(f)})
}

// do predicts a mutation; what the rules refuse here is never saved.
func (d *desktops) do(p *desktop, name Name, args any, old map[Field]string) {
	m := d.hub.mutation(p.by, name, "t", args, old)
	if _, err := p.view.take(p.by, m); err != nil {
		d.words = slices.DeleteFunc(d.words, func(w string) bool { return strings.Contains(string(m.Args), w) })
		return
	}
	p.pending = append(p.pending, m)
}

func (d *desktops) send(p *desktop, n int) {
	for range min(n, len(p.pending)) {
		m := p.pending[0]
		p.pending = p.pending[1:]
		d.sent[fmt.Sprintf("%s.%d", m.Device, m.Mid)] = m
		e, err := d.hub.take(p.by, m)
		if err != nil {
			d.refused++
			d.refusals = append(d.refusals, NewRejection(m, p.by, err, d.hub.now))
			continue
		}
		if e.Status == Disputed {
			d.disputed++
		}
		var a LogTime
		if m.Name == TimeLog && json.Unmarshal(m.Args, &a) == nil {
			d.minutes += a.Entry.Minutes
		}
	}
}

func (d *desktops) sync(p *desktop) {
	d.send(p, len(p.pending))
	p.view.records = maps.Clone(d.hub.records)
}

// judge asks what must hold at the end.
func (d *desktops) judge(seed uint64) {
	t := d.hub
	for _, e := range t.history("t") {
		if why := d.unseen(e); why != "" {
			t.Fatalf("seed %d: %s: %+v", seed, why, e)
		}
	}
	kept := text(t.T, slices.Collect(maps.Values(t.stringKeyed()))) + text(t.T, d.refusals)
	for _, word := range d.words {
		if !strings.Contains(kept, word) {
			t.Fatalf("seed %d: %s is lost", seed, word)
		}
	}
	if got := t.ticket("t").TimeSpent; got != d.minutes {
		t.Fatalf("seed %d: %d minutes, want %d", seed, got, d.minutes)
	}
}

func (w *world) stringKeyed() map[string]Entity {
	all := map[string]Entity{}
	for k, e := range w.records {
		all[string(k.Kind)+"/"+k.ID] = e
	}
	return all
}

// unseen says what of an entry of the history replaced something its author had
// not seen, without keeping it in a conflict (SPEC R11).
func (d *desktops) unseen(e Event) string {
	m, known := d.sent[e.ID[:strings.LastIndexByte(e.ID, '.')]]
	if !known {
		return ""
	}
	switch e.Kind {
	case EventChanged:
		if seen, told := m.Old[e.Field]; told && seen != e.Old {
			return "replaced what was not seen"
		}
	case EventMerged:
		d.blended++
		for _, line := range strings.Split(e.Old, "\n") {
			gone := e.Field != FieldState && !slices.Contains(strings.Split(e.New, "\n"), line)
			if gone && !slices.Contains(strings.Split(m.Old[e.Field], "\n"), line) {
				return "merged a line away that was not seen: " + line
			}
		}
	case EventRemoved:
		var a CheckTicket
		if json.Unmarshal(m.Args, &a) != nil || !slices.Contains(slices.Collect(maps.Values(a.Remove)), e.Old) {
			return "took away words that were not seen"
		}
	case EventOutdone:
		d.outdone++
		if !d.conflicted(e) {
			return "outdid a value and kept it nowhere"
		}
	}
	return ""
}

func (d *desktops) conflicted(e Event) bool {
	for _, entity := range d.hub.records {
		if c, ok := entity.(Conflict); ok && c.Won && c.Field == e.Field && c.Client == e.Old {
			return true
		}
	}
	return false
}
