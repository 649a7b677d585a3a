package app

import (
	"slices"
	"time"

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
	from := t.OpenedAt
	if i := slices.IndexFunc(messages, func(m desk.Message) bool { return m.ID == held.Seen }); i >= 0 {
		from = messages[i].SyncedAt
	}
	others := func(synced time.Time, by desk.PersonID) bool {
		return synced.After(from) && (by == "" || by != held.Author)
	}
	var found []dated
	for _, m := range messages {
		if m.ID == held.ID || m.Away() || !others(m.SyncedAt, m.Author) {
			continue
		}
		e, err := l.message(t, m)
		if err != nil {
			return nil, err
		}
		found = append(found, dated{m.SyncedAt, Step{At: instant(m.At), Author: e.Author, Text: wrote(m)}})
	}
	for _, e := range history {
		if e.Kind != desk.EventCreated && others(e.SyncedAt, e.Actor) {
			found = append(found, dated{e.SyncedAt, Step{At: instant(e.At), Author: l.person(e.Actor), Text: l.happened(e)}})
		}
	}
	return inOrder(found), nil
}

// dated is a step with its place in the order of the hub.
type dated struct {
	synced time.Time
	step   Step
}

func inOrder(found []dated) []Step {
	slices.SortStableFunc(found, func(a, b dated) int { return a.synced.Compare(b.synced) })
	steps := make([]Step, 0, len(found))
	for _, d := range found {
		steps = append(steps, d.step)
	}
	return steps
}
