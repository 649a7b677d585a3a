package simulation

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"holdall/desk"
	"holdall/store"
)

// oracle remembers, outside the system, what people were told.
type oracle struct {
	mutations map[string]desk.Mutation // saved, by device.mid
	last      map[desk.DeviceID]int64
	messages  map[desk.MessageID]string // of requesters
	numbers   map[desk.Number]bool
	doubled   desk.Number
	results   map[string]desk.Result  // acknowledged, by device.mid
	acked     map[desk.DeviceID]int64 // the newest of them
}

func newOracle() *oracle {
	return &oracle{
		mutations: map[string]desk.Mutation{}, last: map[desk.DeviceID]int64{},
		messages: map[desk.MessageID]string{}, numbers: map[desk.Number]bool{},
		results: map[string]desk.Result{}, acked: map[desk.DeviceID]int64{},
	}
}

func place(d desk.DeviceID, mid int64) string { return fmt.Sprintf("%s.%d", d, mid) }

func (o *oracle) saved(m desk.Mutation) {
	o.mutations[place(m.Device, m.Mid)] = m
	o.last[m.Device] = m.Mid
}

func (o *oracle) mutation(d desk.DeviceID, mid int64) desk.Mutation {
	return o.mutations[place(d, mid)]
}

func (o *oracle) message(id desk.MessageID, text string) { o.messages[id] = text }

func (o *oracle) number(n desk.Number) {
	if o.numbers[n] {
		o.doubled = n
	}
	o.numbers[n] = true
}

// acknowledged takes in the hub's answers: they come in order, and the same
// mutation has the same fate whenever it is asked for.
func (o *oracle) acknowledged(l *laptop, results []desk.Result) {
	for i, r := range results {
		key := place(l.device, r.Mid)
		if i > 0 && r.Mid != results[i-1].Mid+1 && (l.w.count["disks put back"] == 0 || r.Mid <= results[i-1].Mid) {
			l.w.fail("I4 first in, first out", "the hub answers mutation %d of %s after %d", r.Mid, l.device, results[i-1].Mid)
		}
		known, again := o.results[key]
		if again && fate(known) != fate(r) {
			l.w.fail("I3 exactly once", "%s was answered with %s, then with %s", key, fate(known), fate(r))
		}
		if again {
			continue
		}
		if r.Mid > o.acked[l.device]+1 {
			l.w.fail("I4 first in, first out", "the hub executes mutation %d of %s after %d", r.Mid, l.device, o.acked[l.device])
		}
		o.results[key], o.acked[l.device] = r, max(r.Mid, o.acked[l.device])
		l.w.judged(r)
		l.upgraded(r)
	}
}

func fate(r desk.Result) string {
	body, err := json.Marshal(r)
	if err != nil {
		panic(err)
	}
	return string(body)
}

// restored goes back to what a restored hub knows.
func (w *world) restored() {
	clear(w.oracle.results)
	w.check(w.central().View(w.ctx, func(tx *store.CentralTx) error {
		for _, l := range w.laptops {
			d, err := tx.Device(l.device)
			if err != nil {
				return err
			}
			w.oracle.acked[l.device], l.out = d.LastMid, d.Revoked
			l.seen.said, l.seen.corrupt = nil, l.seen.corrupt || w.untold
		}
		return nil
	}))
}

// refused reports whether the hub has refused a mutation.
func (o *oracle) refused(d desk.DeviceID, mid int64) bool {
	return o.results[place(d, mid)].Status == desk.Rejected
}

// judged counts the fates of mutations.
func (w *world) judged(r desk.Result) {
	switch r.Status {
	case desk.Disputed:
		w.count.did("conflicts")
	case desk.Held:
		w.count.did("held replies")
	case desk.Rejected:
		w.count.did("rejections")
	}
}

// kept: what a hub has acknowledged is there after a crash.
func (w *world) kept() {
	w.check(w.central().View(w.ctx, func(tx *store.CentralTx) error {
		for _, l := range w.laptops {
			d, err := tx.Device(l.device)
			if err != nil {
				return err
			}
			if acked := w.oracle.acked[l.device]; d.LastMid < acked {
				w.fail("I2 nothing acknowledged is lost", "after a crash the hub has %d mutations of %s and has acknowledged %d", d.LastMid, l.device, acked)
			}
		}
		return nil
	}))
}

// origin is the mutation that wrote an event, by the event's id.
func (o *oracle) origin(eventID string) (desk.Mutation, bool) {
	cut := strings.LastIndexByte(eventID, '.')
	m, ok := o.mutations[eventID[:max(cut, 0)]]
	return m, ok
}

// words lists the values a person typed in a mutation: none of them may be lost.
func words(m desk.Mutation) []string {
	var list []string
	switch m.Name {
	case desk.TicketPatch:
		var a desk.PatchTicket
		mustRead(argsOf(m), &a)
		for _, f := range []desk.Field{desk.FieldTitle, desk.FieldCategory, desk.FieldMeterReading} {
			if v, ok := a.Set[f]; ok {
				list = append(list, v)
			}
		}
		for f, v := range a.Set {
			if strings.HasPrefix(string(f), string(desk.AsideField(""))) {
				list = append(list, v)
			}
		}
		list = append(list, newLines(m.Old[desk.FieldDescription], a.Set[desk.FieldDescription])...)
	case desk.TicketCheck:
		var a desk.CheckTicket
		mustRead(argsOf(m), &a)
		for _, item := range a.Add {
			list = append(list, item.Text)
		}
	case desk.TicketCreate:
		var a desk.CreateTicket
		mustRead(argsOf(m), &a)
		list = append(list, a.Title)
	case desk.TicketLabel:
		var a desk.LabelTicket
		mustRead(argsOf(m), &a)
		list = append(list, a.AddLabels...)
	case desk.TicketMove:
		var a desk.MoveTicket
		mustRead(argsOf(m), &a)
		if a.ResolutionNotes != "" {
			list = append(list, a.ResolutionNotes)
		}
	case desk.MessageAdd:
		var a desk.AddMessage
		mustRead(argsOf(m), &a)
		list = append(list, a.Message.Text)
		if a.Message.Subject != "" { // of a side conversation that begins
			list = append(list, a.Message.Subject)
		}
	}
	return list
}

// newLines are those of a long text that its writer had not found there.
func newLines(was, is string) []string {
	return slices.DeleteFunc(strings.Split(is, "\n"), func(line string) bool {
		return line == "" || slices.Contains(strings.Split(was, "\n"), line)
	})
}

func mustRead(body json.RawMessage, into any) {
	if err := json.Unmarshal(body, into); err != nil {
		panic(err)
	}
}
