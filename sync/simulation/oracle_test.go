package simulation

import (
	"encoding/json"
	"fmt"
	"strings"

	"holdall/desk"
)

// oracle remembers, outside the system, what people were told is saved.
type oracle struct {
	mutations map[string]desk.Mutation // by device.mid
	last      map[desk.DeviceID]int64
	messages  map[desk.MessageID]string
	numbers   map[desk.Number]bool
	doubled   desk.Number
}

func newOracle() *oracle {
	return &oracle{
		mutations: map[string]desk.Mutation{}, last: map[desk.DeviceID]int64{},
		messages: map[desk.MessageID]string{}, numbers: map[desk.Number]bool{},
	}
}

func (o *oracle) saved(m desk.Mutation) {
	o.mutations[fmt.Sprintf("%s.%d", m.Device, m.Mid)] = m
	o.last[m.Device] = m.Mid
}

func (o *oracle) message(id desk.MessageID, text string) { o.messages[id] = text }

func (o *oracle) number(n desk.Number) {
	if o.numbers[n] {
		o.doubled = n
	}
	o.numbers[n] = true
}

// origin is the mutation that wrote an event, by the event's id.
func (o *oracle) origin(eventID string) (desk.Mutation, bool) {
	cut := strings.LastIndexByte(eventID, '.')
	m, ok := o.mutations[eventID[:max(cut, 0)]]
	return m, ok
}

// words lists the values a person typed in a mutation: none of them may be lost.
func words(m desk.Mutation) []string {
	var list []string
	switch m.Name {
	case desk.TicketPatch:
		var a desk.PatchTicket
		mustRead(m.Args, &a)
		for _, f := range []desk.Field{desk.FieldTitle, desk.FieldCategory} {
			if v, ok := a.Set[f]; ok {
				list = append(list, v)
			}
		}
	case desk.TicketCreate:
		var a desk.CreateTicket
		mustRead(m.Args, &a)
		list = append(list, a.Title)
	case desk.TicketLabel:
		var a desk.LabelTicket
		mustRead(m.Args, &a)
		list = append(list, a.AddLabels...)
	case desk.TicketMove:
		var a desk.MoveTicket
		mustRead(m.Args, &a)
		if a.ResolutionNotes != "" {
			list = append(list, a.ResolutionNotes)
		}
	case desk.MessageAdd:
		var a desk.AddMessage
		mustRead(m.Args, &a)
		list = append(list, a.Message.Text)
	}
	return list
}

func mustRead(body json.RawMessage, into any) {
	if err := json.Unmarshal(body, into); err != nil {
		panic(err)
	}
}
