package app

import (
	"slices"

	"holdall/desk"
	"holdall/store"
)

// What only this device has is asked for by ticket or by act: an answer costs
// what it shows, however much waits besides.

// ownOn are the mutations of this device that touch a ticket and are on their
// way, and those that rest before they leave.
func (l *lens) ownOn(t desk.TicketID) ([]store.OutboxEntry, error) {
	if list, asked := l.own[t]; asked {
		return list, nil
	}
	list, err := lifted(l.ws.store.PendingOn(l.ctx, t))
	for _, m := range l.resting {
		if slices.Contains(m.Mutation.Trees(), t) {
			list = append(list, entryOf(m))
		}
	}
	l.own[t] = list
	return list, err
}

// unsentOn are those the hub has not taken.
func (l *lens) unsentOn(t desk.TicketID) ([]store.OutboxEntry, error) {
	list, err := l.ownOn(t)
	return untaken(list), err
}

// unsentNamed are the mutations of one act that the hub has not taken.
func (l *lens) unsentNamed(name desk.Name) ([]store.OutboxEntry, error) {
	if list, asked := l.named[name]; asked {
		return list, nil
	}
	list, err := lifted(l.ws.store.PendingNamed(l.ctx, name))
	l.named[name] = untaken(list)
	return l.named[name], err
}

// unsentAll is everything the hub has not taken, in the order it was done.
func (l *lens) unsentAll() ([]store.OutboxEntry, error) {
	list, err := lifted(l.ws.store.Pending(l.ctx))
	for _, m := range l.resting {
		list = append(list, entryOf(m))
	}
	return untaken(list), err
}

// unsent counts all of it, with the files that follow their messages.
func (l *lens) unsent() (int, error) {
	n, err := l.ws.store.Unsent(l.ctx)
	if err != nil {
		return 0, err
	}
	files, err := l.filesLeft()
	return n + len(l.resting) + len(files), err
}

// waits reports whether this device alone has something of the ticket.
func (l *lens) waits(t desk.TicketID) (bool, error) {
	n, err := l.ws.store.UnsentOn(l.ctx, t)
	return n > 0 || slices.ContainsFunc(l.resting, func(m store.Resting) bool { return slices.Contains(m.Mutation.Trees(), t) }), err
}

// unsentTickets are those that something unsent was done on.
func (l *lens) unsentTickets() ([]desk.TicketID, error) {
	ids, err := l.ws.store.UnsentTickets(l.ctx)
	for _, m := range l.resting {
		ids = append(ids, m.Mutation.Ticket)
	}
	return unique(ids), err
}

func entryOf(m store.Resting) store.OutboxEntry {
	return store.OutboxEntry{Mutation: m.Mutation, State: store.Rests}
}

// lifted makes what an older program wrote readable; what cannot be read is shown
// by its name.
func lifted(list []store.OutboxEntry, err error) ([]store.OutboxEntry, error) {
	for i := range list {
		list[i].Mutation, _ = list[i].Mutation.Lifted()
	}
	return list, err
}

func untaken(list []store.OutboxEntry) []store.OutboxEntry {
	return slices.DeleteFunc(slices.Clone(list), func(e store.OutboxEntry) bool { return e.State == store.Acked })
}
