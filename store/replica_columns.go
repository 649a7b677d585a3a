package store

import (
	"encoding/json"
	"fmt"
	"time"

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
	if !json.Valid(r.Body) {
		return nil, fmt.Errorf("decode %s %s: not JSON", r.Kind, r.ID)
	}
	return nil, nil
}

// ticketColumnsOf reads what ticketValues asks for.
func ticketColumnsOf(r desk.Record) (desk.Entity, error) {
	var t struct {
		Number      desk.Number      `json:"number"`
		Kind        desk.TicketKind  `json:"kind"`
		Title       string           `json:"title"`
		Requester   desk.RequesterID `json:"requester"`
		Team        desk.TeamID      `json:"team"`
		Assignee    desk.PersonID    `json:"assignee"`
		Service     desk.ServiceID   `json:"service"`
		Priority    desk.Priority    `json:"priority"`
		State       desk.State       `json:"state"`
		OpenedAt    time.Time        `json:"opened_at"`
		UpdatedAt   time.Time        `json:"updated_at"`
		AwaitsReply bool             `json:"awaits_reply"`
	}
	if err := json.Unmarshal(r.Body, &t); err != nil {
		return nil, fmt.Errorf("decode ticket %s: %w", r.ID, err)
	}
	return desk.Ticket{ID: desk.TicketID(r.ID), Number: t.Number, Kind: t.Kind, Title: t.Title, Requester: t.Requester, Team: t.Team, Assignee: t.Assignee,
		Service: t.Service, Priority: t.Priority, State: t.State, OpenedAt: t.OpenedAt, UpdatedAt: t.UpdatedAt, AwaitsReply: t.AwaitsReply}, nil
}

// messageColumnsOf reads what the columns of a message ask for.
func messageColumnsOf(r desk.Record) (desk.Entity, error) {
	var m struct {
		Author   desk.PersonID `json:"author"`
		MailID   string        `json:"mail_id"`
		Delivery desk.Delivery `json:"delivery"`
		At       time.Time     `json:"at"`
	}
	if err := json.Unmarshal(r.Body, &m); err != nil {
		return nil, fmt.Errorf("decode message %s: %w", r.ID, err)
	}
	return desk.Message{ID: desk.MessageID(r.ID), Author: m.Author, MailID: m.MailID, Delivery: m.Delivery, At: m.At}, nil
}
