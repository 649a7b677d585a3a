package desk

import (
	"cmp"
	"errors"
)

// mergeTicket closes a duplicate and points to the ticket in which its life goes
// on (SPEC R17). It changes nothing but the duplicate. The other one must not be
// merged itself, so pointers never go round.
func mergeTicket(w *work, a MergeTicket) error {
	t, err := w.standing()
	if err != nil {
		return err
	}
	if t.MergedInto == a.Into && a.Into != "" {
		return nil
	}
	if t.MergedInto != "" {
		return w.movedOn(t)
	}
	into, err := Read[Ticket](w.view, Key{KindTicket, string(a.Into)})
	if errors.Is(err, ErrUnknown) {
		return Refuse(CodeGone, "The ticket to merge %s into does not exist at the hub; choose another one.", t.Number)
	}
	if err != nil {
		return err
	}
	if err := w.env.Actor.CanWork(into); err != nil {
		return err
	}
	if into.ID == t.ID || into.MergedInto != "" {
		return Refuse(CodeWorkflow, "%s cannot be merged into %s, which is that ticket itself or was merged elsewhere; choose the one that goes on.", t.Number, into.Number)
	}
	w.close(&t, into)
	t.MergedInto = into.ID
	w.record(&t, Event{Kind: EventJoined, New: string(into.Number)})
	t.touch(w.at)
	w.put(t)
	return nil
}

// close leads a duplicate to Closed by the moves the table allows.
func (w *work) close(t *Ticket, into Ticket) {
	if t.State.Open() {
		w.enter(t, MoveTicket{
			To: StateResolved, ResolutionCode: ResolvedDuplicate,
			ResolutionNotes: cmp.Or(t.ResolutionNotes, "Merged into "+string(into.Number)+"."),
		}, EventMoved)
	}
	if t.State == StateResolved {
		w.enter(t, MoveTicket{To: StateClosed}, EventMoved)
	}
	t.AwaitsReply, t.AwaitsReplySince = false, nil
}

// movedOn refuses an edit of a ticket that was merged, and says into which.
func (w *work) movedOn(t Ticket) error {
	where := string(t.MergedInto)
	into, err := Read[Ticket](w.view, Key{KindTicket, where})
	if err != nil && !errors.Is(err, ErrUnknown) {
		return err
	}
	return &Error{Code: CodeGone, Into: t.MergedInto,
		Message: string(t.Number) + " was merged into " + cmp.Or(string(into.Number), where) + " meanwhile; add what you wrote there, or open it as a ticket of its own."}
}
