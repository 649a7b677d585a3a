package desk

import (
	"slices"
	"strings"
)

// checkTicket changes the checklist. Items merge by adding, ticking and taking
// away, each on its own (SPEC R15); their words are patched like any field.
func checkTicket(w *work, a CheckTicket) error {
	t, err := w.ticket()
	if err != nil {
		return err
	}
	before := len(w.puts)
	for _, item := range a.Add {
		if err := w.addItem(&t, item); err != nil {
			return err
		}
	}
	for _, id := range a.Tick {
		w.tick(&t, id, true)
	}
	for _, id := range a.Untick {
		w.tick(&t, id, false)
	}
	for _, id := range sortedKeys(a.Remove) {
		w.removeItem(&t, id, a.Remove[id])
	}
	if len(w.puts) > before {
		t.touch(w.at)
		w.put(t)
	}
	return nil
}

func (w *work) addItem(t *Ticket, item Item) error {
	if t.item(item.ID) >= 0 {
		return nil
	}
	if strings.TrimSpace(item.Text) == "" {
		return invalid(FieldChecklist, "An item of a checklist needs words; say what is to be done.")
	}
	if _, ok := ItemField(item.ID).item(); !ok {
		return invalid(FieldChecklist, "An item of a checklist needs an id of at most %d bytes; add it again.", itemMost)
	}
	t.Checklist = append(t.Checklist, Item{ID: item.ID, Text: item.Text})
	t.Edits[ItemField(item.ID)] = Stamp{By: w.env.Actor.Person, At: w.at}
	w.record(t, Event{Kind: EventAdded, Field: FieldChecklist, New: item.Text})
	return nil
}

// tick marks an item done, or not done any more. One that was taken away
// meanwhile needs neither.
func (w *work) tick(t *Ticket, id ItemID, done bool) {
	i := t.item(id)
	if i < 0 || t.Checklist[i].Done == done {
		return
	}
	t.Checklist[i].Done, t.Checklist[i].By = done, ""
	kind := EventUnticked
	if done {
		kind, t.Checklist[i].By = EventTicked, w.env.Actor.Person
	}
	w.record(t, Event{Kind: kind, Field: FieldChecklist, New: t.Checklist[i].Text})
}

// removeItem takes away what its author saw: an item whose words were changed
// meanwhile stays (SPEC R11).
func (w *work) removeItem(t *Ticket, id ItemID, seen string) {
	i := t.item(id)
	if i < 0 {
		return
	}
	if t.Checklist[i].Text != seen {
		w.become(Merged)
		return
	}
	t.Checklist = slices.Delete(t.Checklist, i, i+1)
	delete(t.Edits, ItemField(id))
	w.record(t, Event{Kind: EventRemoved, Field: FieldChecklist, Old: seen})
}
