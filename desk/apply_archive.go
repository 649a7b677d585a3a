package desk

import (
	"errors"
	"slices"
)

// archiveTicket takes an ended ticket off the desks (SPEC P28). Nothing happened
// to it, so its history and its time stay. One that was reopened meanwhile stays
// where it is, and so does one whose side conversation has news.
func archiveTicket(w *work, a ArchiveTicket) error {
	if !w.env.Actor.System {
		return Refuse(CodePerm, "Only the hub itself archives tickets.")
	}
	t, err := w.standing()
	if err != nil {
		return err
	}
	ended, ok := t.EndedAt()
	if t.Archived != "" || !ok || !ended.Before(a.Before) || t.AsideAwaits() {
		return nil
	}
	t.Archived = MonthOf(ended)
	t.Rev++
	w.put(t)
	return nil
}

// pinTicket keeps a ticket on the devices of a person who may read it, or lets it
// go (SPEC P29). A ticket that is not there and one that may not be read are
// refused alike.
func pinTicket(w *work, a PinTicket) error {
	me := w.env.Actor.Person
	t, err := Read[Ticket](w.view, Key{KindTicket, string(w.m.Ticket)})
	if errors.Is(err, ErrUnknown) && w.env.Ahead {
		return nil
	}
	if err != nil && !errors.Is(err, ErrUnknown) {
		return err
	}
	if err != nil || me == "" || !w.env.Actor.CanRead(t) {
		return Refuse(CodePerm, "The ticket to keep on this device does not exist at the hub, or is not in one of your teams' queues.")
	}
	if slices.Contains(t.Pinned, me) == a.Keep {
		return nil
	}
	t = t.Unpinned(me)
	if a.Keep {
		t.Pinned = append(t.Pinned, me)
		slices.Sort(t.Pinned)
	}
	w.put(t)
	return nil
}

// repin ends the pins of those who may not read any more what the act made of
// the ticket.
func (w *work) repin() error {
	for i, e := range w.puts {
		t, ok := e.(Ticket)
		if !ok {
			continue
		}
		for _, id := range t.Pinned {
			p, err := Read[Person](w.view, Person{ID: id}.Key())
			if err != nil && !errors.Is(err, ErrUnknown) {
				return err
			}
			if !PrincipalOf(p, "").CanRead(t) {
				t = t.Unpinned(id)
			}
		}
		w.puts[i] = t
	}
	return nil
}

// Unpinned is the ticket without a person's pin, a revision on.
func (t Ticket) Unpinned(id PersonID) Ticket {
	t.Pinned = slices.DeleteFunc(slices.Clone(t.Pinned), func(p PersonID) bool { return p == id })
	t.Rev++
	return t
}
