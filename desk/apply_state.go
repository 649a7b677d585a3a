package desk

import (
	"slices"
	"strings"
)

func moveTicket(w *work, a MoveTicket) error {
	t, err := w.ticket()
	if err != nil {
		return err
	}
	if err := checkMove(a); err != nil {
		return err
	}
	verdict, merged := MergeMove(t.Moves(), t.State, a)
	switch {
	case verdict == Same:
		return w.keepWords(&t, a)
	case verdict == Clash:
		if err := w.dispute(&t, Conflict{Field: FieldState, Base: string(a.From), Client: string(a.To), Move: &a}); err != nil {
			return err
		}
	case !t.Moves().Allowed(t.State, a.To):
		return Refuse(CodeWorkflow, "%s cannot go from %s to %s; it may go to %s.", t.Number, t.State, a.To, names(t.Moves().From(t.State)))
	default:
		if err := w.seeNotes(&t, &a); err != nil {
			return err
		}
		kind := EventMoved
		if merged {
			kind = EventMerged
			w.become(Merged)
		}
		w.enter(&t, a, kind)
	}
	t.touch(w.at)
	w.put(t)
	return nil
}

// keepWords keeps the resolution notes of someone who resolved what another had
// resolved meanwhile: the state agrees, the words may not.
func (w *work) keepWords(t *Ticket, a MoveTicket) error {
	if a.To != StateResolved {
		return nil
	}
	changed, err := w.patch(t, FieldResolutionNotes, w.m.Old[FieldResolutionNotes], a.ResolutionNotes, "")
	if err != nil || !changed {
		return err
	}
	t.touch(w.at)
	w.put(*t)
	return nil
}

// seeNotes keeps notes that stand on the ticket and were not seen by whoever
// resolves it: the state moves, the words merge or stand beside each other.
func (w *work) seeNotes(t *Ticket, a *MoveTicket) error {
	seen, told := w.m.Old[FieldResolutionNotes]
	if a.To != StateResolved || !told {
		return nil
	}
	_, err := w.patch(t, FieldResolutionNotes, seen, a.ResolutionNotes, "")
	a.ResolutionNotes = t.ResolutionNotes
	return err
}

// checkMove asks for what the target state needs, whatever state it starts from.
func checkMove(a MoveTicket) error {
	switch a.To {
	case StateOnHold:
		if !slices.Contains(HoldReasons(), a.HoldReason) {
			return invalid("hold_reason", "Say what the ticket waits for: On Hold needs a reason.")
		}
	case StateResolved:
		if !slices.Contains(ResolutionCodes(), a.ResolutionCode) {
			return invalid("resolution_code", "Say how it was resolved: Resolved needs a resolution code.")
		}
		if strings.TrimSpace(a.ResolutionNotes) == "" {
			return invalid(FieldResolutionNotes, "Say what was done: Resolved needs resolution notes.")
		}
	}
	return nil
}

// enter puts the ticket into a state with everything that belongs to it.
func (w *work) enter(t *Ticket, a MoveTicket, kind EventKind) {
	old := t.State
	t.State, t.HoldReason, t.Archived = a.To, "", ""
	switch a.To {
	case StateOnHold:
		t.HoldReason = a.HoldReason
	case StateResolved:
		if t.ResolutionNotes != "" && t.ResolutionNotes != a.ResolutionNotes {
			w.changed(t, FieldResolutionNotes, t.ResolutionNotes, a.ResolutionNotes, EventChanged)
		}
		t.ResolutionCode, t.ResolutionNotes = a.ResolutionCode, a.ResolutionNotes
		at := w.at
		t.ResolvedAt = &at
	case StateInProgress:
		if old == StateResolved || old == StateClosed {
			t.Reopened++
			t.ResolvedAt = nil
		}
	}
	t.Edits[FieldState] = Stamp{By: w.env.Actor.Person, At: w.at}
	w.record(t, Event{Kind: kind, Field: FieldState, Old: string(old), New: string(a.To), Note: string(t.HoldReason)})
}

func names(states []State) string {
	if len(states) == 0 {
		return "no other state"
	}
	words := make([]string, len(states))
	for i, s := range states {
		words[i] = s.String()
	}
	return strings.Join(words, ", ")
}
