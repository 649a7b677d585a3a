package app

import (
	"cmp"
	"encoding/json"
	"slices"

	"holdall/desk"
	"holdall/store"
)

// refusals are changes of mine the hub refused, with every word of them; what
// was refused for one reason stands together (SPEC R18).
func (l *lens) refusals() ([]RefusalGroup, error) {
	rejections, err := refusedHere(l.tx, l.ws.who.Person)
	if err != nil {
		return nil, err
	}
	groups := []RefusalGroup{}
	for _, key := range unique(each(rejections, keyOf)) {
		g, err := l.refusalGroup(groupOf(rejections, key))
		if err != nil {
			return nil, err
		}
		groups = append(groups, g)
	}
	return groups, nil
}

// refusedHere reads the tray of a person. What an older program wrote is made
// readable; what a newer one wrote stays as it is, and is shown by its name.
func refusedHere(tx *store.ReplicaTx, person desk.PersonID) ([]desk.Rejection, error) {
	list, err := tx.Rejections(person)
	for i, r := range list {
		if m, err := r.Mutation().Lifted(); err == nil {
			list[i].Version, list[i].Args = m.Version, m.Args
		}
	}
	return list, err
}

// keyOf names the group a refusal stands in.
func keyOf(r desk.Rejection) string { return cmp.Or(r.Related, r.ID) }

// groupOf are the refusals of a group, in the order they were written on each
// device.
func groupOf(rejections []desk.Rejection, key string) []desk.Rejection {
	group := slices.DeleteFunc(slices.Clone(rejections), func(r desk.Rejection) bool { return keyOf(r) != key })
	slices.SortFunc(group, func(a, b desk.Rejection) int {
		return cmp.Or(cmp.Compare(a.Device, b.Device), cmp.Compare(a.Mid, b.Mid))
	})
	return group
}

func (l *lens) refusalGroup(group []desk.Rejection) (g RefusalGroup, err error) {
	first := group[0]
	g = RefusalGroup{Key: keyOf(first), Refusals: []Refusal{}, Again: mayOpenAgain(group)}
	if g.Row, err = l.refusedRow(first); err != nil {
		return g, err
	}
	if g.Retry, err = l.mayDoAgain(group); err != nil {
		return g, err
	}
	for _, r := range group {
		said := l.tell(r.Name, r.Args)
		g.Refusals = append(g.Refusals, Refusal{ID: r.ID, Sentence: said.sentence, Code: string(r.Code), Reason: r.Message, Text: said.text, At: instant(r.At)})
	}
	if into := intoOf(group); into != "" {
		g.Into, err = l.pointer(into)
	}
	return g, err
}

// intoOf is the ticket into which that of a group was merged: some of it may have been
// refused before.
func intoOf(group []desk.Rejection) desk.TicketID {
	for _, r := range group {
		if r.Into != "" {
			return r.Into
		}
	}
	return ""
}

// refusedRow is the line of what a refusal is about: a ticket, also one that never
// came to be, or the desk itself.
func (l *lens) refusedRow(first desk.Rejection) (TicketRow, error) {
	row, err := l.rowOf(first.Ticket)
	var made desk.CreateTicket
	switch {
	case first.Ticket == "":
		row.Title = "Settings of the desk"
	case row.Number == "" && first.Name == desk.TicketCreate && json.Unmarshal(first.Args, &made) == nil:
		row.Title = made.Title
	}
	return row, err
}

// mayOpenAgain: another number would do, or the ticket went on elsewhere and
// what was written may be a matter of its own.
func mayOpenAgain(group []desk.Rejection) bool {
	return slices.ContainsFunc(group, func(r desk.Rejection) bool {
		return r.Into != "" || r.Name == desk.TicketCreate && r.Field == desk.FieldNumber
	})
}

// refused reads a group of the tray.
func (t *Tray) refused(key string) (ws *workspace, group []desk.Rejection, err error) {
	if ws, err = t.app.workspace(); err != nil {
		return nil, nil, err
	}
	err = ws.view(func(tx *store.ReplicaTx) error {
		rejections, err := refusedHere(tx, ws.who.Person)
		group = groupOf(rejections, key)
		return err
	})
	if err == nil && len(group) == 0 {
		err = desk.Refuse(desk.CodeGone, "The refused change is not in your tray (any more).")
	}
	return ws, group, err
}

// Dismiss takes a group of refused changes out of the tray.
func (t *Tray) Dismiss(key string) error {
	ws, group, err := t.refused(key)
	if err != nil {
		return err
	}
	return t.app.changeAll(ws, dismissed(group)...)
}

func dismissed(group []desk.Rejection) []newChange {
	return each(group, func(r desk.Rejection) newChange {
		return newChange{name: desk.RejectionDismiss, args: desk.DismissRejection{ID: r.ID}}
	})
}

func each[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}
