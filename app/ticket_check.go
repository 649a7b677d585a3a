package app

import (
	"encoding/json"
	"strings"

	"holdall/desk"
)

// Check adds an item to the checklist, ticks one, or takes one away with the
// words this device shows.
func (t *Ticket) Check(r CheckRequest) error {
	args := desk.CheckTicket{Tick: some(desk.ItemID(r.Tick)), Untick: some(desk.ItemID(r.Untick))}
	if text := strings.TrimSpace(r.Add); text != "" {
		id, err := newID()
		if err != nil {
			return err
		}
		args.Add = []desk.Item{{ID: desk.ItemID(id), Text: text}}
	}
	return t.app.change(r.TicketID, desk.TicketCheck, func(now desk.Ticket) (any, map[desk.Field]string, error) {
		if id := desk.ItemID(r.Remove); id != "" {
			args.Remove = map[desk.ItemID]string{id: now.Value(desk.ItemField(id))}
		}
		return args, nil, nil
	})
}

// Log adds an entry to the time log; a mistake is mended by one with minus
// minutes.
func (t *Ticket) Log(r LogRequest) error {
	id, err := newID()
	if err != nil {
		return err
	}
	return t.app.change(r.TicketID, desk.TimeLog, func(desk.Ticket) (any, map[desk.Field]string, error) {
		return desk.LogTime{Entry: desk.TimeEntry{ID: desk.TimeID(id), Minutes: r.Minutes, Note: strings.TrimSpace(r.Note)}}, nil, nil
	})
}

// checklist shows the items in their order.
func (l *lens) checklist(t desk.Ticket, pending []string) []ChecklistItem {
	waits := map[string]bool{}
	for _, f := range pending {
		waits[f] = true
	}
	list := []ChecklistItem{}
	for _, i := range t.Checklist {
		list = append(list, ChecklistItem{string(i.ID), i.Text, i.Done, l.person(i.By), waits[string(desk.ItemField(i.ID))]})
	}
	return list
}

// timeLog shows the entries in the order the hub took them.
func (l *lens) timeLog(t desk.TicketID) ([]TimeLine, error) {
	log, err := l.tx.TimeLog(t)
	if err != nil {
		return nil, err
	}
	unsent, err := l.unsentOn(t)
	if err != nil {
		return nil, err
	}
	own := map[desk.TimeID]bool{}
	for _, e := range unsent {
		var a desk.LogTime
		if e.Mutation.Name == desk.TimeLog && json.Unmarshal(e.Mutation.Args, &a) == nil {
			own[a.Entry.ID] = true
		}
	}
	list := []TimeLine{}
	for _, e := range log {
		list = append(list, TimeLine{string(e.ID), l.person(e.Person), e.Minutes, e.Note, instant(e.At), own[e.ID]})
	}
	return list, nil
}

// checked names the items a mutation changes, as fields.
func checked(m desk.Mutation) (fields []desk.Field) {
	var a desk.CheckTicket
	if json.Unmarshal(m.Args, &a) != nil {
		return nil
	}
	for _, i := range a.Add {
		fields = append(fields, desk.ItemField(i.ID))
	}
	for _, id := range append(a.Tick, a.Untick...) {
		fields = append(fields, desk.ItemField(id))
	}
	return fields
}
