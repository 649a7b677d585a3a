package app

import (
	"holdall/desk"
	"holdall/sync/protocol"
)

// Attend lets colleagues see what the person does. It never waits, and where
// there is no connection nobody is told.
func (t *Ticket) Attend(r AttendRequest) error {
	ws, err := t.app.workspace()
	if err != nil {
		return err
	}
	here := protocol.Presence{Ticket: desk.TicketID(r.TicketID), Doing: protocol.Doing(r.Doing)}
	if here.Ticket == "" {
		here.Doing = ""
	} else if !here.Doing.Known() {
		return desk.Refuse(desk.CodeValidation, "A person views, edits or replies; %q is none of these.", r.Doing)
	}
	ws.client.Attend(here)
	return nil
}

// company lists who else is at a ticket.
func (l *lens) company(t desk.TicketID) []Companion {
	list := []Companion{}
	for _, p := range l.present[t] {
		list = append(list, Companion{Person: l.person(p.Person), Doing: string(p.Doing)})
	}
	return list
}

// met tells the page that somebody came to a ticket or left it.
func (a *App) met(t desk.TicketID) {
	a.signals.emit(TopicTicket, string(t))
	a.signals.emit(TopicQueue, "")
}
