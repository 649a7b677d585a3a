package app

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"holdall/desk"
	"holdall/store"
)

// Patch changes one field in place, against the value its author began with: what has
// come in since was not seen (SPEC R11).
func (t *Ticket) Patch(r PatchRequest) error {
	field := desk.Field(r.Field)
	return t.app.change(r.TicketID, desk.TicketPatch, func(now desk.Ticket) (any, map[desk.Field]string, error) {
		if !field.Editable() {
			return nil, nil, desk.Refuse(desk.CodeValidation, "%q cannot be edited; it is not a field of a ticket.", r.Field)
		}
		seen := now.Value(field)
		if r.Seen != nil {
			seen = *r.Seen
		}
		if r.Value == seen || r.Value == now.Value(field) {
			return nil, nil, nil
		}
		return desk.PatchTicket{Set: map[desk.Field]string{field: r.Value}, Reason: r.Reason}, map[desk.Field]string{field: seen}, nil
	})
}

// Label adds or removes one label or watcher.
func (t *Ticket) Label(r LabelRequest) error {
	var args desk.LabelTicket
	add, remove := strings.TrimSpace(r.Add), strings.TrimSpace(r.Remove)
	switch desk.Field(r.Set) {
	case labels:
		args.AddLabels, args.RemoveLabels = some(add), some(remove)
	case watchers:
		args.AddWatchers, args.RemoveWatchers = some(desk.PersonID(add)), some(desk.PersonID(remove))
	default:
		return desk.Refuse(desk.CodeValidation, "A ticket has labels and watchers, but no %q.", r.Set)
	}
	return t.app.change(r.TicketID, desk.TicketLabel, func(desk.Ticket) (any, map[desk.Field]string, error) {
		if add == "" && remove == "" {
			return nil, nil, nil
		}
		return args, nil, nil
	})
}

func some[T ~string](v T) []T {
	if v == "" {
		return nil
	}
	return []T{v}
}

// Move brings a ticket to another state, from the one this device shows.
func (t *Ticket) Move(r MoveRequest) error {
	return t.app.change(r.TicketID, desk.TicketMove, func(now desk.Ticket) (any, map[desk.Field]string, error) {
		return desk.MoveTicket{
			From: now.State, To: desk.State(r.To), HoldReason: desk.HoldReason(r.HoldReason),
			ResolutionCode: desk.ResolutionCode(r.ResolutionCode), ResolutionNotes: r.ResolutionNotes,
		}, map[desk.Field]string{desk.FieldResolutionNotes: now.ResolutionNotes}, nil
	})
}

// Create opens a ticket; its number is permanent at once, online or not.
func (t *Ticket) Create(r CreateRequest) (Created, error) {
	ws, err := t.app.complete()
	if err != nil {
		return Created{}, err
	}
	kind := desk.TicketKind(orNone(r.Kind, string(desk.Incident)))
	if kind != desk.Incident && kind != desk.Request {
		return Created{}, desk.Refuse(desk.CodeValidation, "There is no kind of ticket called %q; choose incident or request.", r.Kind)
	}
	// A number that was taken is never given again, so an empty form takes none.
	if strings.TrimSpace(r.Title) == "" {
		return Created{}, &desk.Error{Code: desk.CodeValidation, Field: desk.FieldTitle, Message: "A ticket needs a title; say in a few words what is wrong or wanted."}
	}
	id, err := newID()
	if err != nil {
		return Created{}, err
	}
	number, err := ws.store.TakeNumber(ws.ctx, kind)
	if err != nil {
		return Created{}, err
	}
	m, err := desk.NewMutation(desk.TicketCreate, desk.TicketID(id), desk.CreateTicket{
		Number: number, Kind: kind, Title: strings.TrimSpace(r.Title), Description: r.Description,
		Source: desk.Source(orNone(r.Source, string(desk.SourceAgent))), Requester: desk.RequesterID(r.RequesterID),
		Team: desk.TeamID(r.TeamID), Service: desk.ServiceID(r.ServiceID), Category: r.Category,
		Impact: desk.Level(r.Impact), Urgency: desk.Level(r.Urgency),
	}, t.app.now())
	if err != nil {
		return Created{}, err
	}
	return Created{ID: id, Number: string(number)}, ws.edit(m)
}

// newID names a new thing (RFC 9562 §5.7: UUID version 7).
func newID() (string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", fmt.Errorf("name a new thing: %w", err)
	}
	return id.String(), nil
}

// change saves a mutation of a ticket. args makes its arguments and the values
// its author saw of the ticket as it stands here; nil arguments change nothing.
func (a *App) change(ticket string, name desk.Name, args func(desk.Ticket) (any, map[desk.Field]string, error)) error {
	ws, err := a.complete()
	if err != nil {
		return err
	}
	var now desk.Ticket
	err = ws.view(func(tx *store.ReplicaTx) error {
		now, err = readTicket(tx, desk.TicketID(ticket))
		return err
	})
	if err != nil {
		return err
	}
	body, old, err := args(now)
	if err != nil || body == nil {
		return err
	}
	m, err := desk.NewMutation(name, now.ID, body, a.now())
	if err != nil {
		return err
	}
	m.Old, m.BaseRev = old, now.Rev
	return ws.edit(m)
}

// fieldsOf names the fields a mutation changes.
func fieldsOf(m desk.Mutation) []desk.Field {
	switch m.Name {
	case desk.TicketPatch:
		var a desk.PatchTicket
		if json.Unmarshal(m.Args, &a) != nil {
			return nil
		}
		return slices.Sorted(maps.Keys(a.Set))
	case desk.TicketMove:
		var a desk.MoveTicket
		if json.Unmarshal(m.Args, &a) == nil && a.To == desk.StateResolved {
			return []desk.Field{desk.FieldState, desk.FieldResolutionNotes}
		}
		return []desk.Field{desk.FieldState}
	case desk.TicketLabel:
		return labelled(m)
	case desk.TicketCheck:
		return checked(m)
	}
	return nil
}

func labelled(m desk.Mutation) (fields []desk.Field) {
	var a desk.LabelTicket
	if json.Unmarshal(m.Args, &a) != nil {
		return nil
	}
	if len(a.AddLabels)+len(a.RemoveLabels) > 0 {
		fields = append(fields, labels)
	}
	if len(a.AddWatchers)+len(a.RemoveWatchers) > 0 {
		fields = append(fields, watchers)
	}
	return fields
}
