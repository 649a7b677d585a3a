package app

import (
	"slices"

	"holdall/desk"
)

// since lists what happened on a ticket after the writer of a held reply had
// last looked, without the writer's own doing.
func (l *lens) since(t desk.Ticket, held desk.Message) ([]Step, error) {
	messages, err := l.tx.Thread(t.ID)
	if err != nil {
		return nil, err
	}
	history, err := l.tx.History(t.ID)
	if err != nil {
		return nil, err
	}
	var seen desk.Taken
	if i := slices.IndexFunc(messages, func(m desk.Message) bool { return m.ID == held.Seen }); i >= 0 {
		seen = messages[i].Taken()
	}
	others := func(taken desk.Taken, by desk.PersonID) bool {
		return taken.Compare(seen) > 0 && (by == "" || by != held.Author)
	}
	var found []placed
	for _, m := range messages {
		if m.ID == held.ID || m.Away() || !others(m.Taken(), m.Author) {
			continue
		}
		e, err := l.message(t, m)
		if err != nil {
			return nil, err
		}
		found = append(found, placed{m.Taken(), Step{At: instant(m.At), Author: e.Author, Text: wrote(m)}})
	}
	for _, e := range history {
		if e.Kind != desk.EventCreated && others(e.Taken(), e.Actor) {
			found = append(found, placed{e.Taken(), Step{At: instant(e.At), Author: l.doer(e), Text: l.happened(e)}})
		}
	}
	return inOrder(found), nil
}

// placed is a step where it stands in its ticket.
type placed struct {
	taken desk.Taken
	step  Step
}

func inOrder(found []placed) []Step {
	slices.SortStableFunc(found, func(a, b placed) int { return a.taken.Compare(b.taken) })
	steps := make([]Step, 0, len(found))
	for _, d := range found {
		steps = append(steps, d.step)
	}
	return steps
}
