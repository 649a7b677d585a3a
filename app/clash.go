package app

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"holdall/desk"
	"holdall/desk/lines"
)

// clashes are the conflicts of a ticket: the open ones, and those decided here
// that still wait to be sent.
func (l *lens) clashes(t desk.Ticket) ([]Clash, error) {
	conflicts, err := l.tx.ConflictsIn(t.ID)
	if err != nil {
		return nil, err
	}
	decided, err := l.decidedOn(t.ID)
	if err != nil {
		return nil, err
	}
	list := []Clash{}
	for _, c := range conflicts {
		list = append(list, l.clash(t, c, false))
	}
	for _, c := range decided {
		list = append(list, l.clash(t, c, true))
	}
	return list, nil
}

// decidedOn reads the conflicts of a ticket that were decided here.
func (l *lens) decidedOn(t desk.TicketID) ([]desk.Conflict, error) {
	var list []desk.Conflict
	decided, err := l.decided()
	if err != nil {
		return nil, err
	}
	for id := range decided {
		c, err := desk.Read[desk.Conflict](l.tx, desk.Conflict{ID: id}.Key())
		if errors.Is(err, desk.ErrUnknown) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if c.State == desk.ConflictSettled && (t == "" || c.Ticket == t) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b desk.Conflict) int { return cmp.Compare(a.ID, b.ID) })
	return list, nil
}

func (l *lens) clash(t desk.Ticket, c desk.Conflict, pending bool) Clash {
	if !pending {
		c = standing(t, c)
	}
	v := Clash{
		ID: string(c.ID), Field: string(c.Field), Label: c.Field.Label(),
		Base: l.shown(c.Field, c.Base), Server: l.shown(c.Field, c.Server), Mine: l.shown(c.Field, c.Client),
		BaseRaw: c.Base, SrvRaw: c.Server, MineRaw: c.Client,
		ServerBy: l.person(c.ServerBy), ServerAt: instant(c.ServerAt), MineBy: l.person(c.ClientBy), MineAt: instant(c.ClientAt),
		Pending: pending, Won: c.Won, Parts: []Part{},
	}
	if c.Field.Long() {
		v.Parts = partsOf(c)
	}
	if c.Field == desk.FieldState && c.Move != nil && c.Move.HoldReason != "" {
		v.Mine += ", " + lowerFirst(c.Move.HoldReason.String())
	}
	if c.Won {
		v.Suggest, v.Reason = "server", "It was measured on site."
	} else if t.Assignee != "" && c.ServerBy == t.Assignee {
		v.Suggest, v.Reason = "server", l.person(c.ServerBy).Name+" works on the ticket and set it."
	}
	return v
}

// standing is a conflict beside what stands now: who goes on editing the field does
// not write the conflict anew.
func standing(t desk.Ticket, c desk.Conflict) desk.Conflict {
	if value := t.Value(c.Field); value != c.Server {
		c.Server, c.ServerBy, c.ServerAt = value, t.Edits[c.Field].By, t.Edits[c.Field].At
	}
	return c
}

// partsOf lays the two versions of a long text beside each other.
func partsOf(c desk.Conflict) []Part {
	return each(lines.Overlay(c.Base, c.Server, c.Client), func(p lines.Part) Part {
		side := "none"
		switch {
		case p.Clash:
			side = "both"
		case !slices.Equal(p.Base, p.One):
			side = "server"
		case !slices.Equal(p.Base, p.Other):
			side = "mine"
		}
		return Part{strings.Join(p.One, "\n"), strings.Join(p.Other, "\n"), side}
	})
}

// shown is a value for the columns of the tray; a missing one has a name too.
func (l *lens) shown(f desk.Field, raw string) string { return orNone(l.value(f, raw), "Empty") }

// clashGroups are the conflicts of this person by ticket.
func (l *lens) clashGroups() ([]ClashGroup, error) {
	conflicts, err := l.tx.ConflictsOf(l.ws.who.Person)
	if err != nil {
		return nil, err
	}
	decided, err := l.decidedOn("")
	if err != nil {
		return nil, err
	}
	var order []desk.TicketID
	byTicket := map[desk.TicketID][]desk.Conflict{}
	for _, c := range append(conflicts, decided...) {
		order = append(order, c.Ticket)
		byTicket[c.Ticket] = append(byTicket[c.Ticket], c)
	}
	groups := []ClashGroup{}
	for _, id := range unique(order) {
		g, err := l.clashGroup(id, byTicket[id])
		if errors.Is(err, desk.ErrUnknown) {
			continue // its ticket is on its way to this device, or went
		}
		if err != nil {
			return nil, err
		}
		groups = append(groups, g)
	}
	return groups, nil
}

func (l *lens) clashGroup(id desk.TicketID, conflicts []desk.Conflict) (ClashGroup, error) {
	t, err := readTicket(l.tx, id)
	if err != nil {
		return ClashGroup{}, err
	}
	g := ClashGroup{Fields: []Clash{}, Headline: l.headline(conflicts)}
	if g.Row, err = l.row(t, ""); err != nil {
		return g, err
	}
	for _, c := range conflicts {
		g.Fields = append(g.Fields, l.clash(t, c, c.State == desk.ConflictSettled))
	}
	g.Merged, err = l.mergedBeside(t, conflicts)
	return g, err
}

// headline says who met whom.
func (l *lens) headline(conflicts []desk.Conflict) string {
	c := conflicts[0]
	one, other := c.ClientBy, c.ServerBy
	if other == l.ws.who.Person {
		one, other = other, one
	}
	first := l.person(one).Name
	if one == l.ws.who.Person {
		first = "You"
	}
	second := cmp.Or(l.person(other).Name, "the hub")
	if other == one {
		second = "you on another device"
	}
	fields := "the same field"
	if n := len(conflicts); n > 1 {
		fields = fmt.Sprintf("the same %d fields", n)
	}
	return fmt.Sprintf("%s and %s changed %s without having seen each other’s value.", first, second, fields)
}

// mergedBeside tells what was changed on the ticket around the conflict and
// merged by itself.
func (l *lens) mergedBeside(t desk.Ticket, conflicts []desk.Conflict) ([]string, error) {
	history, err := l.tx.History(t.ID)
	if err != nil {
		return nil, err
	}
	told := []string{}
	for _, e := range history[around(history, conflicts):] {
		if slices.ContainsFunc(conflicts, func(c desk.Conflict) bool { return c.Field == e.Field }) {
			continue
		}
		switch e.Kind {
		case desk.EventChanged, desk.EventMoved, desk.EventMerged, desk.EventAdded, desk.EventRemoved,
			desk.EventTicked, desk.EventUnticked:
			told = append(told, l.sentence(e))
		}
	}
	return told, nil
}

// around is where in the history the first of the standing values was set, or
// else the first dispute began.
func around(history []desk.Event, conflicts []desk.Conflict) int {
	first := len(history)
	for _, c := range conflicts {
		for i, e := range slices.Backward(history) {
			stood := e.Kind != desk.EventDisputed
			if e.Field != c.Field || stood && e.New != c.Server {
				continue
			}
			first = min(first, i)
			if stood {
				break
			}
		}
	}
	return first
}
