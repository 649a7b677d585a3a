package desk

import "errors"

// logTime adds an entry to the time log and its minutes to the ticket's sum. It
// is a delta, not a new total, so two of them add up (SPEC R16).
func logTime(w *work, a LogTime) error {
	e := a.Entry
	if _, err := w.view.Get(e.Key()); err == nil {
		w.status = Duplicate
		return nil
	} else if !errors.Is(err, ErrUnknown) {
		return err
	}
	t, err := w.ticket()
	if err != nil {
		return err
	}
	if e.ID == "" || e.Minutes == 0 || e.Minutes < -timeMost || e.Minutes > timeMost {
		return invalid("minutes", "An entry of the time log says between 1 minute and 24 hours, or minus as much to mend one; not %d minutes.", e.Minutes)
	}
	e.Ticket, e.Turn, e.Person, e.At, e.SyncedAt = t.ID, t.next(), w.env.Actor.Person, w.at, w.now
	t.TimeSpent += e.Minutes
	t.touch(w.at)
	w.put(e)
	w.put(t)
	return nil
}
