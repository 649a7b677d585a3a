package simulation

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/replica"
)

// edit lets the person at a laptop do something to a ticket in view.
func (l *laptop) edit() {
	w := l.w
	if w.rand.IntN(8) == 0 {
		l.createTicket()
		return
	}
	if w.rand.IntN(3) == 0 && l.decide() {
		return
	}
	if t, ok := l.pick(); ok {
		l.editOn(t)
	}
}

// editOn does something to a ticket.
func (l *laptop) editOn(t desk.Ticket) {
	switch l.w.rand.IntN(11) {
	case 0, 1, 2:
		l.patch(t)
	case 3, 4:
		l.move(t)
	case 5:
		l.write(t, desk.InternalNote)
	case 6, 7:
		l.write(t, desk.PublicReply)
	case 8:
		l.label(t)
	case 9:
		l.tick(t)
	case 10:
		l.log(t)
	}
	if l.w.placing && l.w.rand.IntN(4) == 0 {
		l.place(t)
	}
	if l.w.besides && l.w.rand.IntN(2) == 0 {
		l.aside()
	}
}

// few are the tickets that people work on, so that they meet.
const few = 6

// pick chooses one of a few tickets.
func (l *laptop) pick() (desk.Ticket, bool) {
	var list []desk.Ticket
	l.w.check(l.store.View(l.w.ctx, func(tx *store.ReplicaTx) error {
		for _, id := range l.w.tickets {
			if len(list) == few {
				break
			}
			e, err := tx.Get(desk.Ticket{ID: id}.Key())
			if errors.Is(err, desk.ErrUnknown) {
				continue
			}
			if err != nil {
				return err
			}
			list = append(list, e.(desk.Ticket))
		}
		return nil
	}))
	if len(list) == 0 {
		return desk.Ticket{}, false
	}
	return list[l.w.rand.IntN(len(list))], true
}

// save is an edit as the window would make it. It reports whether the person
// was told that it is saved.
func (l *laptop) save(name desk.Name, ticket desk.TicketID, args any, old map[desk.Field]string) bool {
	m, err := desk.NewMutation(name, ticket, args, l.now())
	l.w.check(err)
	m.Old = old
	m = l.release.written(m)
	l.wish = m
	saved, err := l.engine.Edit(l.w.ctx, l.now(), m)
	if l.died() {
		return false
	}
	if saved == nil {
		l.unsaved(err)
		return false
	}
	if !l.full {
		l.w.check(err)
	}
	l.w.count.did("edits")
	l.w.note("%s!%s %d", l.device, name, saved[0].Mid)
	l.saved(saved[0])
	if !l.full { // which may hide it until there is room again
		m.Mid = saved[0].Mid
		l.shows(m)
	}
	l.step(replica.Edited{})
	return true
}

// saved takes in what the person was told is saved.
func (l *laptop) saved(m desk.Mutation) {
	if l.earlier == nil {
		l.w.oracle.saved(m)
		return
	}
	if m.Mid >= l.earlier.from || !l.told(m) {
		l.earlier.stage(m)
	}
	l.restage()
}

// unsaved takes in a refusal: by the rules, or because the disk is full.
func (l *laptop) unsaved(err error) {
	if l.full && desk.CodeOf(err) == desk.CodeInternal {
		if !strings.Contains(err.Error(), "is full") {
			l.w.fail("fault", "%s: a full disk answers %v", l.device, err)
		}
		return
	}
	if desk.CodeOf(err) == desk.CodeInternal {
		l.w.check(err)
	}
	l.w.count.did("edits refused here")
}

func (l *laptop) name(prefix string) string {
	l.made++
	return fmt.Sprintf("%s-%d-%d", prefix, l.n, l.made)
}

func (l *laptop) createTicket() {
	kind := desk.Incident
	if l.w.rand.IntN(3) == 0 {
		kind = desk.Request
	}
	number, err := l.store.TakeNumber(l.w.ctx, kind)
	if l.died() {
		return
	}
	if err != nil {
		l.unsaved(err)
		return
	}
	l.w.oracle.number(number)
	id := desk.TicketID(l.name("t"))
	team := l.w.teams[l.w.rand.IntN(len(l.w.teams))]
	l.w.tickets = append(l.w.tickets, id)
	if l.save(desk.TicketCreate, id, desk.CreateTicket{Number: number, Kind: kind, Title: string(id), Requester: "annika", Team: team}, nil) {
		l.w.count.did("new tickets")
	}
}

func (l *laptop) patch(t desk.Ticket) {
	set := map[desk.Field]string{}
	switch l.w.rand.IntN(7) {
	case 0:
		set[desk.FieldTitle] = l.name("title")
	case 1:
		set[desk.FieldCategory] = l.name("category")
	case 2:
		set[desk.FieldAssignee] = string(names[l.w.rand.IntN(len(names))])
	case 3:
		set[desk.FieldTeam] = string(l.w.teams[l.w.rand.IntN(len(l.w.teams))])
		l.w.count.did("moves between teams")
	case 4:
		set[desk.FieldTitle], set[desk.FieldCategory] = l.name("title"), l.name("category")
	case 5:
		set[desk.FieldDescription] = l.amend(t.Description)
	case 6:
		set[desk.FieldMeterReading] = fmt.Sprint(1000*(l.n+1) + l.made)
		l.made++
	}
	old := map[desk.Field]string{}
	for f := range set {
		old[f] = t.Value(f)
	}
	l.save(desk.TicketPatch, t.ID, desk.PatchTicket{Set: set}, old)
}

// amend adds a line to a long text: at its end, or before its last line.
func (l *laptop) amend(text string) string {
	lines := strings.Split(text, "\n")
	at := len(lines) - l.w.rand.IntN(2)
	return strings.Join(slices.Insert(lines, at, l.name("line")), "\n")
}

// tick adds an item to the checklist, or does one.
func (l *laptop) tick(t desk.Ticket) {
	args := desk.CheckTicket{}
	if n := len(t.Checklist); n > 0 && l.w.rand.IntN(2) == 0 {
		args.Tick = []desk.ItemID{t.Checklist[l.w.rand.IntN(n)].ID}
	} else {
		item := l.name("item")
		args.Add = []desk.Item{{ID: desk.ItemID(item), Text: item}}
	}
	l.save(desk.TicketCheck, t.ID, args, nil)
}

// log notes time that was spent.
func (l *laptop) log(t desk.Ticket) {
	entry := desk.TimeEntry{ID: desk.TimeID(l.name("time")), Minutes: 1 + l.w.rand.IntN(60)}
	if l.save(desk.TimeLog, t.ID, desk.LogTime{Entry: entry}, nil) {
		l.w.count.did("time entries")
	}
}

func (l *laptop) move(t desk.Ticket) {
	to := t.Moves().From(t.State)
	if len(to) == 0 {
		return
	}
	move := desk.MoveTicket{From: t.State, To: to[l.w.rand.IntN(len(to))]}
	if move.To == desk.StateCancelled && l.w.rand.IntN(4) > 0 {
		return
	}
	switch move.To {
	case desk.StateOnHold:
		move.HoldReason = desk.HoldRequester
	case desk.StateResolved:
		move.ResolutionCode, move.ResolutionNotes = desk.ResolvedSolved, l.name("notes")
	}
	l.save(desk.TicketMove, t.ID, move, nil)
}

func (l *laptop) write(t desk.Ticket, kind desk.MessageKind) {
	text := l.name(string(kind))
	l.save(desk.MessageAdd, t.ID, desk.AddMessage{Message: desk.Message{
		ID: desk.MessageID(text), Kind: kind, Text: text, Seen: t.LastPublic,
	}}, nil)
}

func (l *laptop) label(t desk.Ticket) {
	args := desk.LabelTicket{AddLabels: []string{l.name("label")}}
	if len(t.Labels) > 0 && l.w.rand.IntN(2) == 0 {
		args = desk.LabelTicket{RemoveLabels: t.Labels[:1], AddWatchers: []desk.PersonID{l.person}}
	}
	l.save(desk.TicketLabel, t.ID, args, nil)
}
