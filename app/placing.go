package app

import (
	"errors"
	"slices"
	"strings"

	"holdall/desk"
	"holdall/store"
)

// MoveMessage moves a message to another ticket on this device.
func (t *Ticket) MoveMessage(r PlaceRequest) (Placed, error) {
	ws, err := t.app.complete()
	if err != nil {
		return Placed{}, err
	}
	var to desk.Ticket
	err = ws.view(func(tx *store.ReplicaTx) error {
		to, err = target(tx, r)
		return err
	})
	if err != nil {
		return Placed{}, err
	}
	err = t.app.changeAll(ws, newChange{name: desk.MessageMove, ticket: desk.TicketID(r.TicketID), args: desk.MoveMessage{Message: desk.MessageID(r.MessageID), To: to.ID}})
	if err != nil {
		return Placed{}, err
	}
	return ws.placed(to, desk.MessageID(r.MessageID))
}

// target is the ticket a message shall go to.
func target(tx *store.ReplicaTx, r PlaceRequest) (to desk.Ticket, err error) {
	number := desk.Number(strings.ToUpper(strings.TrimSpace(r.Number)))
	if r.ToID != "" {
		to, err = readTicket(tx, desk.TicketID(r.ToID))
	} else {
		to, err = tx.TicketByNumber(number)
	}
	if errors.Is(err, desk.ErrUnknown) {
		err = desk.Refuse(desk.CodeGone, "There is no ticket %s on this device; write the number of one you can open here.", orNone(string(number), r.ToID))
	}
	return to, err
}

// placed finds a message on the ticket it went to.
func (ws *workspace) placed(to desk.Ticket, left desk.MessageID) (Placed, error) {
	p := Placed{TicketID: string(to.ID), Number: string(to.Number)}
	err := ws.view(func(tx *store.ReplicaTx) error {
		was, err := desk.Read[desk.Message](tx, desk.Message{ID: left}.Key())
		if err != nil {
			return err
		}
		thread, err := tx.Thread(to.ID)
		for _, m := range thread {
			if m.Same(was) {
				p.MessageID = string(m.ID)
			}
		}
		return err
	})
	return p, err
}

// SplitMessage lets a message open a ticket of its own, like the one it stood on.
func (t *Ticket) SplitMessage(r SplitRequest) (Placed, error) {
	ws, err := t.app.complete()
	if err != nil {
		return Placed{}, err
	}
	if strings.TrimSpace(r.Title) == "" { // a number that was taken is never given again
		return Placed{}, &desk.Error{Code: desk.CodeValidation, Field: desk.FieldTitle, Message: "A ticket needs a title; say in a few words what is wrong or wanted."}
	}
	id, err := newID()
	if err != nil {
		return Placed{}, err
	}
	var create desk.CreateTicket
	var fresh []newChange
	err = ws.view(func(tx *store.ReplicaTx) error {
		create, fresh, err = splitInto(tx, r)
		return err
	})
	if err != nil {
		return Placed{}, err
	}
	if create.Number, err = ws.store.TakeNumber(ws.ctx, create.Kind); err != nil {
		return Placed{}, err
	}
	split := desk.SplitMessage{Message: desk.MessageID(r.MessageID), Ticket: desk.TicketID(id), Create: create}
	err = t.app.changeAll(ws, append(fresh, newChange{name: desk.MessageSplit, ticket: desk.TicketID(r.TicketID), args: split})...)
	if err != nil {
		return Placed{}, err
	}
	return ws.placed(desk.Ticket{ID: split.Ticket, Number: create.Number}, split.Message)
}

// splitInto is the ticket a message opens. Its writer is the requester, and
// becomes one if nobody has heard of them.
func splitInto(tx *store.ReplicaTx, r SplitRequest) (c desk.CreateTicket, fresh []newChange, err error) {
	from, err := readTicket(tx, desk.TicketID(r.TicketID))
	if err != nil {
		return c, nil, err
	}
	m, err := desk.Read[desk.Message](tx, desk.Message{ID: desk.MessageID(r.MessageID)}.Key())
	if err != nil {
		return c, nil, err
	}
	c = desk.CreateTicket{
		Kind: desk.TicketKind(orNone(r.Kind, string(from.Kind))), Title: strings.TrimSpace(r.Title), Requester: from.Requester,
		Team: from.Team, Service: from.Service, Category: from.Category, Impact: from.Impact, Urgency: from.Urgency,
	}
	if m.Kind != desk.FromRequester {
		return c, nil, nil
	}
	if m.Requester != "" || m.From == nil || m.From.Email == "" {
		c.Requester = desk.RequesterID(orNone(string(m.Requester), string(from.Requester)))
		return c, nil, nil
	}
	known, err := tx.Requesters(m.From.Email, 20)
	if n := slices.IndexFunc(known, func(r desk.Requester) bool { return strings.EqualFold(r.Email, m.From.Email) }); n >= 0 || err != nil {
		if err == nil {
			c.Requester = known[n].ID
		}
		return c, nil, err
	}
	id, err := newID()
	c.Requester = desk.RequesterID(id)
	return c, []newChange{{name: desk.RequesterPut, args: desk.Requester{ID: c.Requester, Name: m.From.Name, Email: m.From.Email}}}, err
}

// AcceptMessage says that a message which is held for agents, and its sender,
// belong to the ticket, or takes that back.
func (t *Ticket) AcceptMessage(r AcceptRequest) error {
	return t.app.change(r.TicketID, desk.MessageAccept, func(desk.Ticket) (any, map[desk.Field]string, error) {
		return desk.AcceptMessage{Message: desk.MessageID(r.MessageID), Accept: r.Accept}, nil, nil
	})
}

// choice says who put a message where it stands, and why.
func (l *lens) choice(m desk.Message) string {
	p := m.Placing
	if p == nil || p.By == "" {
		return ""
	}
	who := l.person(p.By).Name
	if p.Turned {
		return who + " put it into this conversation; what answers it comes here too."
	}
	if p.From == "" {
		if m.Suspect {
			return ""
		}
		return who + " accepted it and its sender."
	}
	from, err := l.pointer(p.From)
	if err != nil || from.Number == "" {
		from.Number = "another ticket"
	}
	return who + " moved it here from " + from.Number + "; what answers it comes here too."
}
