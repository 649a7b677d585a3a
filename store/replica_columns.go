package store

import (
	"fmt"

	"holdall/desk"
)

// decodeColumns reads as much of a record as its query columns need: a first
// fill decodes every record that comes. The kinds without columns are not read
// at all; their bytes are taken on trust until somebody looks at them.
func decodeColumns(r desk.Record) (desk.Entity, error) {
	switch r.Kind {
	case desk.KindTicket:
		return ticketColumnsOf(r)
	case desk.KindMessage:
		return messageColumnsOf(r)
	}
	if len(tables[r.Kind].columns) > 0 {
		return desk.Decode(r)
	}
	if !desk.Body(r.Body).Valid() {
		return nil, fmt.Errorf("decode %s %s: not JSON", r.Kind, r.ID)
	}
	return nil, nil
}

// ticketColumnsOf reads what ticketValues asks for.
func ticketColumnsOf(r desk.Record) (desk.Entity, error) {
	t := desk.Ticket{ID: desk.TicketID(r.ID)}
	err := desk.Body(r.Body).Fields(func(name, value []byte) error {
		switch string(name) {
		case "number":
			return word(&t.Number, value)
		case "kind":
			return word(&t.Kind, value)
		case "title":
			return word(&t.Title, value)
		case "requester":
			return word(&t.Requester, value)
		case "team":
			return word(&t.Team, value)
		case "assignee":
			return word(&t.Assignee, value)
		case "service":
			return word(&t.Service, value)
		case "priority":
			return figure(&t.Priority, value)
		case "state":
			return word(&t.State, value)
		case "opened_at":
			return moment(&t.OpenedAt, value)
		case "updated_at":
			return moment(&t.UpdatedAt, value)
		case "awaits_reply":
			t.AwaitsReply = string(value) == "true"
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("decode ticket %s: %w", r.ID, err)
	}
	return t, nil
}

// messageColumnsOf reads what the columns of a message ask for.
func messageColumnsOf(r desk.Record) (desk.Entity, error) {
	m := desk.Message{ID: desk.MessageID(r.ID)}
	err := desk.Body(r.Body).Fields(func(name, value []byte) error {
		if string(name) == "delivery" {
			return word(&m.Delivery, value)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("decode message %s: %w", r.ID, err)
	}
	return m, nil
}
