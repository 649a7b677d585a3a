package desk

import (
	"cmp"
	"errors"
	"slices"
)

// dispute keeps a wish beside what stands. Several wishes of one device for one
// field fold into one conflict: the newest wish, the oldest base.
func (w *work) dispute(t *Ticket, c Conflict) error {
	open, err := w.view.OpenConflicts(t.ID)
	if err != nil {
		return err
	}
	for _, have := range open {
		if have.Field == c.Field && have.Device == w.m.Device && !have.Won {
			c.ID, c.Base, c.Rev = have.ID, have.Base, have.Rev
			break
		}
	}
	stands := t.Edits[c.Field]
	c.Server, c.ServerBy, c.ServerAt = t.Value(c.Field), stands.By, stands.At
	c.ClientBy, c.ClientAt = w.env.Actor.Person, w.at
	told := Event{Kind: EventDisputed, Field: c.Field, Old: c.Server, New: c.Client}
	if c.Move != nil {
		told.Note = c.Move.ResolutionNotes // a later wish folds over this one
	}
	w.record(t, told)
	w.open(t, c, open)
	return nil
}

// outdo keeps what stood beside what the device has put in its place (SPEC
// R14). Nothing folds here: each such value is somebody else's.
func (w *work) outdo(t *Ticket, c Conflict) error {
	open, err := w.view.OpenConflicts(t.ID)
	if err != nil {
		return err
	}
	c.Server, c.ServerBy, c.ServerAt, c.Won = t.Value(c.Field), w.env.Actor.Person, w.at, true
	w.open(t, c, open)
	return nil
}

// open writes a conflict down and gives it to everyone it concerns.
func (w *work) open(t *Ticket, c Conflict, open []Conflict) {
	if c.ID == "" {
		c.ID = ConflictID(w.m.localID(0) + "." + string(c.Field))
	}
	c.Ticket, c.Device, c.Mid, c.State = t.ID, w.m.Device, w.m.Mid, ConflictOpen
	c.Rev++
	w.put(c)
	w.conflicts = append(w.conflicts, c.ID)
	w.become(Disputed)
	t.Disputed = parties(slices.Concat(w.disputed(), open))
}

// disputed lists the conflicts this very mutation has written.
func (w *work) disputed() []Conflict {
	var list []Conflict
	for _, e := range w.puts {
		if c, ok := e.(Conflict); ok {
			list = append(list, c)
		}
	}
	return list
}

// parties lists everyone who has a value in an open conflict, sorted. Of two
// versions of a conflict the first one counts.
func parties(conflicts []Conflict) []PersonID {
	var list []PersonID
	seen := map[ConflictID]bool{}
	for _, c := range conflicts {
		if seen[c.ID] {
			continue
		}
		seen[c.ID] = true
		if c.State != ConflictOpen {
			continue
		}
		for _, p := range []PersonID{c.ServerBy, c.ClientBy} {
			if p != "" {
				list = append(list, p)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func resolveConflict(w *work, a ResolveConflict) error {
	find := w.ticket
	if a.Choice == ChooseServer || a.Choice == ChooseDismiss {
		find = w.standing // what stands in a merged ticket may be left standing
	}
	t, err := find()
	if err != nil {
		return err
	}
	c, err := Read[Conflict](w.view, Key{KindConflict, string(a.Conflict)})
	if errors.Is(err, ErrUnknown) || err == nil && c.Ticket != t.ID {
		return Refuse(CodeGone, "The conflict does not exist at the hub (any more).")
	}
	if err != nil || c.State != ConflictOpen {
		return err
	}
	standing := t.Value(c.Field)
	if standing != a.Seen && a.Choice != ChooseDismiss {
		return w.renew(t, c, standing)
	}
	if err := w.settle(&t, c, a); err != nil {
		return err
	}
	open, err := w.view.OpenConflicts(t.ID)
	if err != nil {
		return err
	}
	c.State, c.Choice, c.ResolvedBy = ConflictSettled, a.Choice, w.env.Actor.Person
	c.Rev++
	t.Disputed = parties(slices.Concat([]Conflict{c}, open))
	t.touch(w.at)
	w.put(t)
	w.put(c)
	return nil
}

// renew keeps the conflict open when its decider had not seen what stands now.
func (w *work) renew(t Ticket, c Conflict, standing string) error {
	stamp := t.Edits[c.Field]
	c.Server, c.ServerBy, c.ServerAt = standing, stamp.By, stamp.At
	c.Rev++
	w.put(c)
	w.conflicts = append(w.conflicts, c.ID)
	w.become(Disputed)
	open, err := w.view.OpenConflicts(t.ID)
	if err != nil {
		return err
	}
	t.Disputed = parties(slices.Concat([]Conflict{c}, open))
	t.touch(w.at)
	w.put(t)
	return nil
}

// settle gives the field the chosen value by the same rules as any edit.
func (w *work) settle(t *Ticket, c Conflict, a ResolveConflict) error {
	value := c.Client
	switch a.Choice {
	case ChooseServer, ChooseDismiss:
		w.record(t, Event{Kind: EventSettled, Field: c.Field, Old: c.Client, New: t.Value(c.Field), Note: string(a.Choice)})
		return nil
	case ChooseEdit:
		value = a.Value
	case ChooseMine:
	default:
		return invalid("choice", "A conflict is decided by server, mine, edit or dismiss, not %q.", a.Choice)
	}
	if c.Field == FieldState {
		return w.settleState(t, c, State(value))
	}
	acc, _ := c.Field.access()
	if err := w.refersTo(c.Field, value); err != nil {
		return err
	}
	old := acc.get(t)
	if err := acc.set(t, value); err != nil {
		return err
	}
	if c.Field == FieldPriority && value != "" {
		if t.PriorityReason = cmp.Or(c.Reason, t.PriorityReason); t.PriorityReason == "" {
			return unreasoned(value)
		}
	}
	w.changed(t, c.Field, old, value, EventSettled)
	return w.prioritise(t)
}

func (w *work) settleState(t *Ticket, c Conflict, to State) error {
	if to == t.State {
		return nil
	}
	if !t.Moves().Allowed(t.State, to) {
		return Refuse(CodeWorkflow, "%s cannot go from %s to %s; it may go to %s.", t.Number, t.State, to, names(t.Moves().From(t.State)))
	}
	move := MoveTicket{To: to}
	if c.Move != nil && c.Move.To == to {
		move = *c.Move
	}
	if err := checkMove(move); err != nil {
		return err
	}
	w.enter(t, move, EventSettled)
	return nil
}

func dismissRejection(w *work, a DismissRejection) error {
	r, err := Read[Rejection](w.view, Key{KindRejection, a.ID})
	if errors.Is(err, ErrUnknown) || err == nil && r.Person != w.env.Actor.Person {
		return Refuse(CodeGone, "The refused change is not in your tray (any more).")
	}
	if err != nil || r.Dismissed {
		return err
	}
	r.Dismissed = true
	r.Rev++
	w.put(r)
	return nil
}
