package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// lens is what an answer to the page is seen through: one snapshot of the
// replica, the directory, who looks, and what only this device has.
type lens struct {
	tx    *store.ReplicaTx
	ctx   context.Context
	ws    *workspace
	me    desk.Person
	actor desk.Principal

	people     map[desk.PersonID]desk.Person
	teams      map[desk.TeamID]desk.Team
	services   map[desk.ServiceID]desk.Service
	requesters map[desk.RequesterID]desk.Requester // as far as asked for

	seen    map[desk.TicketID]desk.MessageID
	own     map[desk.TicketID][]store.OutboxEntry // as far as asked for
	named   map[desk.Name][]store.OutboxEntry     // as far as asked for
	resting []store.Resting
	held    []desk.Message // replies of mine
	present map[desk.TicketID][]protocol.Present
}

// look answers a question of the page from one snapshot.
func (a *App) look(fn func(*lens) error) error {
	ws, err := a.workspace()
	if err != nil {
		return err
	}
	l := &lens{ws: ws, ctx: ws.ctx, requesters: map[desk.RequesterID]desk.Requester{}, own: map[desk.TicketID][]store.OutboxEntry{}, named: map[desk.Name][]store.OutboxEntry{}, present: ws.client.Company()}
	if l.resting, err = ws.store.Resting(ws.ctx); err != nil {
		return err
	}
	if l.seen, err = ws.store.Seen(ws.ctx); err != nil {
		return err
	}
	return ws.view(func(tx *store.ReplicaTx) error {
		l.tx = tx
		if err := l.directory(); err != nil {
			return err
		}
		return fn(l)
	})
}

// directory reads who and what there is to name.
func (l *lens) directory() error {
	people, err := l.tx.People()
	if err != nil {
		return err
	}
	teams, err := l.tx.Teams()
	if err != nil {
		return err
	}
	services, err := l.tx.Services()
	if err != nil {
		return err
	}
	l.people = byKey(people, func(p desk.Person) desk.PersonID { return p.ID })
	l.teams = byKey(teams, func(t desk.Team) desk.TeamID { return t.ID })
	l.services = byKey(services, func(s desk.Service) desk.ServiceID { return s.ID })
	l.me = l.people[l.ws.who.Person]
	l.actor = desk.PrincipalOf(l.me, l.ws.who.Device)
	l.held, err = l.tx.HeldReplies(l.ws.who.Person)
	return err
}

func byKey[K comparable, V any](list []V, key func(V) K) map[K]V {
	m := make(map[K]V, len(list))
	for _, v := range list {
		m[key(v)] = v
	}
	return m
}

// requester reads a requester once; an unknown one is empty.
func (l *lens) requester(id desk.RequesterID) (desk.Requester, error) {
	if r, ok := l.requesters[id]; ok || id == "" {
		return r, nil
	}
	r, err := desk.Read[desk.Requester](l.tx, desk.Requester{ID: id}.Key())
	if errors.Is(err, desk.ErrUnknown) {
		r, err = desk.Requester{ID: id}, nil
	}
	l.requesters[id] = r
	return r, err
}

// ticket reads the ticket a page names.
func (l *lens) ticket(id string) (desk.Ticket, error) {
	return readTicket(l.tx, desk.TicketID(id))
}

// myTeams lists the teams whose queues reach this person.
func (l *lens) myTeams() []desk.Team {
	var list []desk.Team
	for id, t := range l.teams {
		if l.actor.SeesAll() || l.me.In(id) {
			list = append(list, t)
		}
	}
	slices.SortFunc(list, func(a, b desk.Team) int {
		return compareText(a.Name, b.Name, string(a.ID), string(b.ID))
	})
	return list
}

// unread reports whether the requester, or somebody in a side conversation, wrote
// last and this person has not looked since.
func (l *lens) unread(t desk.Ticket) bool {
	return t.AwaitsReply && l.seen[t.ID] != t.LastPublic || slices.ContainsFunc(t.Asides, l.unreadBeside)
}

// holds reports whether a reply of mine on the ticket waits for a second look.
func (l *lens) holds(t desk.TicketID) bool {
	return slices.ContainsFunc(l.held, func(m desk.Message) bool { return m.Ticket == t })
}

// year is how far back a requester's tickets are counted.
func year(now time.Time) time.Time { return now.AddDate(-1, 0, 0) }
