package app

import (
	"encoding/json"
	"errors"
	"strings"

	"holdall/desk"
	"holdall/store"
)

// AddToMerged adds what was refused on a merged ticket to the one it was merged
// into, by mutations of its own, and takes the group out of the tray.
func (t *Tray) AddToMerged(key string) error {
	ws, group, err := t.refused(key)
	if err != nil {
		return err
	}
	if err := readable(group); err != nil {
		return err
	}
	into := intoOf(group)
	if into == "" {
		return desk.Refuse(desk.CodeValidation, "What was refused was not meant for a merged ticket; copy its text to where it belongs.")
	}
	changes, err := t.app.elsewhere(group, into)
	if err != nil {
		return err
	}
	return t.app.changeAll(ws, append(changes, dismissed(group)...)...)
}

// OpenAgain opens what was refused as a ticket with a new number: the one that
// was refused, with everything written on it, or a ticket of its own for what was
// written on a merged one.
func (t *Tray) OpenAgain(key string) (Created, error) {
	ws, group, err := t.refused(key)
	if err != nil {
		return Created{}, err
	}
	if err := readable(group); err != nil {
		return Created{}, err
	}
	if !mayOpenAgain(group) {
		return Created{}, desk.Refuse(desk.CodeValidation, "Another number would not help here; copy the text and put the refusal aside.")
	}
	made, changes, err := t.app.again(ws, group)
	if err != nil {
		return Created{}, err
	}
	return made, t.app.changeAll(ws, append(changes, dismissed(group)...)...)
}

// readable refuses to try again what a newer program wrote: its words would be
// taken for something else.
func readable(group []desk.Rejection) error {
	for _, r := range group {
		if _, err := r.Mutation().Lifted(); err != nil {
			return err
		}
	}
	return nil
}

// again makes the mutations of OpenAgain. What was refused with its own ticket is
// done once more as it was.
func (a *App) again(ws *workspace, group []desk.Rejection) (Created, []newChange, error) {
	id, err := newID()
	if err != nil {
		return Created{}, nil, err
	}
	ticket := desk.TicketID(id)
	create, err := a.recreation(ws, group)
	if err != nil {
		return Created{}, nil, err
	}
	if create.Number, err = ws.store.TakeNumber(ws.ctx, create.Kind); err != nil {
		return Created{}, nil, err
	}
	changes := []newChange{{name: desk.TicketCreate, ticket: ticket, args: create}}
	if group[0].Name == desk.TicketCreate {
		for _, r := range group[1:] {
			changes = append(changes, newChange{r.Name, ticket, r.Args, r.Old})
		}
	} else {
		rest, err := a.elsewhere(group, ticket)
		if err != nil {
			return Created{}, nil, err
		}
		changes = append(changes, rest...)
	}
	return Created{ID: id, Number: string(create.Number)}, changes, nil
}

// recreation is the ticket as it was refused, or one like the merged ticket.
func (a *App) recreation(ws *workspace, group []desk.Rejection) (c desk.CreateTicket, err error) {
	if group[0].Name == desk.TicketCreate {
		return c, json.Unmarshal(group[0].Args, &c)
	}
	err = ws.view(func(tx *store.ReplicaTx) error {
		merged, err := readTicket(tx, group[0].Ticket)
		if errors.Is(err, desk.ErrUnknown) {
			merged, err = desk.Ticket{Kind: desk.Incident, Title: "Written on a ticket that was merged"}, nil
		}
		c = desk.CreateTicket{
			Kind: merged.Kind, Title: merged.Title, Source: desk.SourceAgent, Requester: merged.Requester, Team: merged.Team,
			Service: merged.Service, Category: merged.Category, Impact: merged.Impact, Urgency: merged.Urgency, RelatedTo: merged.ID,
		}
		return err
	})
	return c, err
}

// elsewhere makes of refused changes what they are on another ticket: a message,
// an entry of the time log, a label or an item of the checklist is the same
// there; whatever changed a field becomes a note with its words.
func (a *App) elsewhere(group []desk.Rejection, ticket desk.TicketID) ([]newChange, error) {
	var changes []newChange
	for _, r := range group {
		args, err := sameThere(r)
		if err != nil {
			return nil, err
		}
		if args != nil {
			changes = append(changes, newChange{name: r.Name, ticket: ticket, args: args})
			continue
		}
		id, err := newID()
		if err != nil {
			return nil, err
		}
		changes = append(changes, newChange{name: desk.MessageAdd, ticket: ticket, args: desk.AddMessage{Message: desk.Message{
			ID: desk.MessageID(id), Kind: desk.InternalNote, Text: a.inWords(r),
		}}})
	}
	return changes, nil
}

// sameThere is what a refused change is on any ticket; nil where it belongs to its
// own alone.
func sameThere(r desk.Rejection) (args any, err error) {
	switch r.Name {
	case desk.MessageAdd:
		var m desk.AddMessage
		err, args = json.Unmarshal(r.Args, &m), &m
	case desk.TimeLog:
		var e desk.LogTime
		err, args = json.Unmarshal(r.Args, &e), &e
	case desk.TicketLabel:
		var s desk.LabelTicket
		err, args = json.Unmarshal(r.Args, &s), &s
	case desk.TicketCheck:
		var c desk.CheckTicket
		err = json.Unmarshal(r.Args, &c)
		if len(c.Add) > 0 {
			args = desk.CheckTicket{Add: c.Add}
		}
	}
	return args, err
}

// inWords is a refused change as the text of a note.
func (a *App) inWords(r desk.Rejection) string {
	var said told
	err := a.look(func(l *lens) error {
		said = l.tell(r.Name, r.Args)
		return nil
	})
	if err != nil {
		return string(r.Args)
	}
	return strings.TrimSpace(said.sentence + "\n\n" + said.text)
}
