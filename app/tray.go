package app

import (
	"encoding/json"
	"errors"

	"holdall/desk"
	"holdall/store"
)

// Tray holds everything that waits for a person's choice.
type Tray struct{ app *App }

// List reads the tray of this person.
func (t *Tray) List() (TrayView, error) {
	tray := TrayView{Clashes: []ClashGroup{}, Held: []HeldReply{}, Refusals: []RefusalGroup{}}
	err := t.app.look(func(l *lens) (err error) {
		if tray.Clashes, err = l.clashGroups(); err != nil {
			return err
		}
		if tray.Held, err = l.heldReplies(); err != nil {
			return err
		}
		tray.Refusals, err = l.refusals()
		return err
	})
	return tray, err
}

// Resolve decides a clash, seeing the value that the tray showed as the hub's, and
// not one that has come in since (SPEC R11).
func (t *Tray) Resolve(r ResolveRequest) error {
	ws, err := t.app.workspace()
	if err != nil {
		return err
	}
	var c desk.Conflict
	err = ws.view(func(tx *store.ReplicaTx) error {
		c, err = desk.Read[desk.Conflict](tx, desk.Conflict{ID: desk.ConflictID(r.ConflictID)}.Key())
		return err
	})
	if err != nil {
		return err
	}
	return t.app.change(string(c.Ticket), desk.ConflictResolve, func(desk.Ticket) (any, map[desk.Field]string, error) {
		return desk.ResolveConflict{Conflict: c.ID, Choice: desk.Choice(r.Choice), Value: r.Value, Seen: r.Seen}, nil, nil
	})
}

// heldReplies are replies of mine the stale-reply guard stopped, with what
// happened after their writer had last looked.
func (l *lens) heldReplies() ([]HeldReply, error) {
	list := []HeldReply{}
	for _, m := range l.held {
		t, err := readTicket(l.tx, m.Ticket)
		if errors.Is(err, desk.ErrUnknown) {
			continue // its ticket is on its way to this device, or went
		}
		if err != nil {
			return nil, err
		}
		row, err := l.row(t, "")
		if err != nil {
			return nil, err
		}
		since, err := l.since(t, m)
		if err != nil {
			return nil, err
		}
		list = append(list, HeldReply{
			MessageID: string(m.ID), Row: row, Text: m.Text, To: orNone(recipients(m.To), row.Requester.Name), WrittenAt: instant(m.At), Since: since,
		})
	}
	return list, nil
}

// rowOf is the line of a ticket, as far as this device still knows it.
func (l *lens) rowOf(id desk.TicketID) (TicketRow, error) {
	t, err := readTicket(l.tx, id)
	if errors.Is(err, desk.ErrUnknown) {
		return unknownRow(id), nil
	}
	if err != nil {
		return TicketRow{}, err
	}
	return l.row(t, "")
}

// decided are the conflicts this device has decided and the hub has not heard of.
func (l *lens) decided() (map[desk.ConflictID]bool, error) {
	list := map[desk.ConflictID]bool{}
	unsent, err := l.unsentNamed(desk.ConflictResolve)
	for _, e := range unsent {
		var a desk.ResolveConflict
		if json.Unmarshal(e.Mutation.Args, &a) == nil {
			list[a.Conflict] = true
		}
	}
	return list, err
}
