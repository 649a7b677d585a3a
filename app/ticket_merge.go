package app

import (
	"errors"
	"fmt"
	"strings"

	"holdall/desk"
	"holdall/store"
)

// Merge merges a duplicate into the ticket with a number: the duplicate is
// closed, and a note in the other one says what it was.
func (t *Ticket) Merge(r MergeRequest) error {
	ws, err := t.app.complete()
	if err != nil {
		return err
	}
	number := desk.Number(strings.ToUpper(strings.TrimSpace(r.Number)))
	var double, into desk.Ticket
	err = ws.view(func(tx *store.ReplicaTx) error {
		if double, err = readTicket(tx, desk.TicketID(r.TicketID)); err != nil {
			return err
		}
		into, err = tx.TicketByNumber(number)
		if errors.Is(err, desk.ErrUnknown) {
			err = desk.Refuse(desk.CodeGone, "There is no ticket %s on this device; write the number of one you can open here.", number)
		}
		return err
	})
	if err != nil {
		return err
	}
	id, err := newID()
	if err != nil {
		return err
	}
	said := fmt.Sprintf("%s “%s” was merged into this ticket.", double.Number, double.Title)
	if double.Description != "" {
		said += "\n\n" + double.Description
	}
	return t.app.changeAll(ws,
		newChange{name: desk.TicketMerge, ticket: double.ID, args: desk.MergeTicket{Into: into.ID}},
		newChange{name: desk.MessageAdd, ticket: into.ID, args: desk.AddMessage{Message: desk.Message{ID: desk.MessageID(id), Kind: desk.InternalNote, Text: said}}})
}

// newChange is a mutation to be.
type newChange struct {
	name   desk.Name
	ticket desk.TicketID
	args   any
	old    map[desk.Field]string
}

// changeAll saves several mutations together, or none.
func (a *App) changeAll(ws *workspace, changes ...newChange) error {
	var mutations []desk.Mutation
	for _, c := range changes {
		m, err := desk.NewMutation(c.name, c.ticket, c.args, a.now())
		if err != nil {
			return err
		}
		m.Old = c.old
		mutations = append(mutations, m)
	}
	return ws.edit(mutations...)
}

// pointer leads to a ticket, as far as this device knows it.
func (l *lens) pointer(id desk.TicketID) (Pointer, error) {
	if id == "" {
		return Pointer{}, nil
	}
	t, err := readTicket(l.tx, id)
	if errors.Is(err, desk.ErrUnknown) {
		return Pointer{ID: string(id)}, nil
	}
	return Pointer{string(id), string(t.Number), t.Title}, err
}
