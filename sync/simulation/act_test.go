package simulation

import (
	"errors"
	"fmt"

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
	t, ok := l.pick()
	if !ok {
		return
	}
	switch w.rand.IntN(10) {
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
		l.decide(t)
	}
}

// pick chooses one of a few tickets, so that people meet.
func (l *laptop) pick() (desk.Ticket, bool) {
	var list []desk.Ticket
	l.w.check(l.store.View(l.w.ctx, func(tx *store.ReplicaTx) error {
		for _, id := range l.w.tickets {
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
	return list[l.w.rand.IntN(min(len(list), 6))], true
}

// save is an edit as the window would make it.
func (l *laptop) save(name desk.Name, ticket desk.TicketID, args any, old map[desk.Field]string) bool {
	m, err := desk.NewMutation(name, ticket, args, l.w.now)
	l.w.check(err)
	m.Old = old
	saved, err := l.engine.Edit(l.w.ctx, l.w.now, m)
	if err != nil && desk.CodeOf(err) != desk.CodeInternal {
		l.w.count.refusedHere++
		return false
	}
	l.w.check(err)
	l.w.count.edits++
	l.w.note("%s!%s %d", l.device, name, saved[0].Mid)
	l.w.oracle.saved(saved[0])
	l.step(replica.Edited{})
	return true
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
	if desk.CodeOf(err) == desk.CodeQuota && err != nil {
		l.w.count.refusedHere++
		return
	}
	l.w.check(err)
	id := desk.TicketID(l.name("t"))
	team := l.w.teams[l.w.rand.IntN(len(l.w.teams))]
	if l.save(desk.TicketCreate, id, desk.CreateTicket{Number: number, Kind: kind, Title: string(id), Requester: "annika", Team: team}, nil) {
		l.w.count.created++
		l.w.tickets = append(l.w.tickets, id)
		l.w.oracle.number(number)
	}
}

func (l *laptop) patch(t desk.Ticket) {
	set := map[desk.Field]string{}
	switch l.w.rand.IntN(5) {
	case 0:
		set[desk.FieldTitle] = l.name("title")
	case 1:
		set[desk.FieldCategory] = l.name("category")
	case 2:
		set[desk.FieldAssignee] = string([]desk.PersonID{"mira", "tobias", "elif", "jan"}[l.w.rand.IntN(4)])
	case 3:
		set[desk.FieldTeam] = string(l.w.teams[l.w.rand.IntN(len(l.w.teams))])
		l.w.count.moved++
	case 4:
		set[desk.FieldTitle], set[desk.FieldCategory] = l.name("title"), l.name("category")
	}
	old := map[desk.Field]string{}
	for f := range set {
		old[f] = t.Value(f)
	}
	l.save(desk.TicketPatch, t.ID, desk.PatchTicket{Set: set}, old)
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

// decide settles what stands in the tray: a conflict, or a held reply.
func (l *laptop) decide(t desk.Ticket) {
	var conflicts []desk.Conflict
	var thread []desk.Message
	l.w.check(l.store.View(l.w.ctx, func(tx *store.ReplicaTx) (err error) {
		if conflicts, err = tx.OpenConflicts(t.ID); err != nil {
			return err
		}
		thread, err = tx.Thread(t.ID)
		return err
	}))
	for _, m := range thread {
		if m.Delivery == desk.DeliveryHeld && m.Author == l.person {
			act := []desk.ReplyAct{desk.ReplySend, desk.ReplyToNote, desk.ReplyDiscard}[l.w.rand.IntN(3)]
			l.save(desk.ReplyDecide, t.ID, desk.DecideReply{Message: m.ID, Act: act, Seen: t.LastPublic}, nil)
			return
		}
	}
	if len(conflicts) == 0 {
		return
	}
	c := conflicts[l.w.rand.IntN(len(conflicts))]
	choice := []desk.Choice{desk.ChooseMine, desk.ChooseServer, desk.ChooseDismiss}[l.w.rand.IntN(3)]
	if l.save(desk.ConflictResolve, t.ID, desk.ResolveConflict{Conflict: c.ID, Choice: choice, Seen: t.Value(c.Field)}, nil) {
		l.w.count.resolved++
	}
}
