package app

import (
	"encoding/json"
	"errors"
	"slices"

	"holdall/desk"
	"holdall/store"
)

// filesLeft are the files that have yet to reach the hub though it has their
// messages: with a message that is unsent itself its files are named.
func (l *lens) filesLeft() ([]store.OwnFile, error) {
	own, err := l.ws.store.OutgoingFiles(l.ctx)
	if err != nil || len(own) == 0 {
		return nil, err
	}
	unsent, err := l.unsentNamed(desk.MessageAdd)
	announced := map[desk.MessageID]bool{}
	for _, e := range unsent {
		var a desk.AddMessage
		if json.Unmarshal(e.Mutation.Args, &a) == nil {
			announced[a.Message.ID] = true
		}
	}
	return slices.DeleteFunc(own, func(f store.OwnFile) bool { return announced[f.Message] }), err
}

// fileItem is a file among what has not reached the hub.
func (l *lens) fileItem(f store.OwnFile) (OutboxItem, error) {
	item := OutboxItem{TicketID: string(f.Ticket), Sentence: "Attached a file", State: "waiting", Bytes: int(f.Size), Problem: f.Problem}
	if moving, on := l.ws.files.Progress(f.SHA256); on && moving.Up {
		item.State, item.Have, item.Problem = "sending", int(moving.Have), ""
	}
	m, err := desk.Read[desk.Message](l.tx, desk.Message{ID: f.Message}.Key())
	if err != nil && !errors.Is(err, desk.ErrUnknown) {
		return item, err
	}
	item.At = instant(m.At)
	for _, a := range m.Attachments {
		if a.SHA256 == f.SHA256 {
			item.Sentence = "Attached " + fileName(a.Name)
		}
	}
	row, err := l.rowOf(f.Ticket)
	item.Number, item.Title = row.Number, row.Title
	return item, err
}
