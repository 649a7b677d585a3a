package app

import (
	"cmp"
	"slices"

	"holdall/desk"
)

// AsideView is a side conversation as the properties list it.
type AsideView struct {
	ID      string      `json:"id"`
	Subject string      `json:"subject"`
	State   string      `json:"state"`  // open or closed
	People  string      `json:"people"` // who takes part, in short
	To      []Recipient `json:"to"`     // whom an answer reaches, if nobody else is named
	Cc      []Recipient `json:"cc"`
	LastID  string      `json:"lastId"` // newest message by which the stale-reply guard measures an answer
	LastBy  string      `json:"lastBy"`
	Last    string      `json:"last"` // its words, in short
	LastAt  string      `json:"lastAt"`
	Count   int         `json:"count"`
	Unread  bool        `json:"unread"`  // the newest word is theirs, and I have not looked since
	Awaits  bool        `json:"awaits"`  // the newest word is theirs, and nobody has answered
	Pending bool        `json:"pending"` // only this device has some of it
	Problem string      `json:"problem"` // why its newest word did not arrive; empty: nothing is known against it
}

// AsideRequest closes a side conversation or opens it again.
type AsideRequest struct {
	TicketID string `json:"ticketId"`
	AsideID  string `json:"asideId"`
	State    string `json:"state"`
	SeenID   string `json:"seenId"` // its newest message, as the page shows it
}

// TakeRequest puts a mail into another conversation of its ticket.
type TakeRequest struct {
	TicketID  string `json:"ticketId"`
	MessageID string `json:"messageId"`
	AsideID   string `json:"asideId"` // empty: the conversation with the requester, or a new one
	Subject   string `json:"subject"` // of a new side conversation; empty: none begins
}

// MoveAside closes a side conversation or opens it again.
func (t *Ticket) MoveAside(r AsideRequest) error {
	return t.app.change(r.TicketID, desk.AsideMove, func(now desk.Ticket) (any, map[desk.Field]string, error) {
		a, _ := now.Aside(desk.AsideID(r.AsideID))
		return desk.MoveAside{Aside: desk.AsideID(r.AsideID), From: a.State, To: desk.AsideState(r.State), Seen: desk.MessageID(r.SeenID)}, nil, nil
	})
}

// TakeMessage puts a mail that landed wrong into a side conversation, or out of
// one to the requester's.
func (t *Ticket) TakeMessage(r TakeRequest) error {
	take := desk.TakeAside{Message: desk.MessageID(r.MessageID), Aside: desk.AsideID(r.AsideID), Subject: r.Subject}
	if take.Aside == "" && r.Subject != "" {
		id, err := newID()
		if err != nil {
			return err
		}
		take.Aside = desk.AsideID(id)
	}
	return t.app.change(r.TicketID, desk.AsideTake, func(desk.Ticket) (any, map[desk.Field]string, error) { return take, nil, nil })
}

// asides are the side conversations of a ticket: what waits for the desk first,
// then what is open, the newest word before the others.
func (l *lens) asides(t desk.Ticket, thread []desk.Message) ([]AsideView, error) {
	list := []AsideView{}
	own, err := l.ownMutations(t.ID)
	if err != nil {
		return nil, err
	}
	for _, a := range t.Asides {
		v, err := l.aside(t, a, desk.AsideThread(thread, a.ID), own)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	slices.SortStableFunc(list, func(a, b AsideView) int {
		return cmp.Or(before(a.Unread, b.Unread), before(a.State == string(desk.AsideOpen), b.State == string(desk.AsideOpen)), cmp.Compare(b.LastAt, a.LastAt))
	})
	return list, nil
}

// before puts what is so ahead of what is not.
func before(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func (l *lens) aside(t desk.Ticket, a desk.Aside, said []desk.Message, own ownMutations) (AsideView, error) {
	v := AsideView{
		ID: string(a.ID), Subject: a.Subject, State: string(a.State), LastID: string(a.Last), Count: len(said),
		Awaits: a.Awaits, Unread: l.unreadBeside(a), LastAt: instant(a.OpenedAt),
	}
	for _, m := range said {
		v.Pending = v.Pending || own.messages[m.ID]
		if m.Kind == desk.AsideMail && (m.Delivery == desk.DeliveryFailed || m.Delivery == desk.DeliveryHeld) {
			v.Problem = m.Problem
		}
	}
	if n := len(said); n > 0 {
		e, err := l.message(t, said[n-1])
		if err != nil {
			return v, err
		}
		v.LastBy, v.Last, v.LastAt = e.Author.Name, excerpt(said[n-1].Text, 120), e.At
	}
	to, cc, err := beside(l.tx, t, a.ID, desk.Envelope{})
	if err != nil {
		return v, err
	}
	v.To, v.Cc, v.People = showRecipients(to), showRecipients(cc), inShort(to, cc)
	return v, nil
}

// unreadBeside reports whether a third party wrote last in a side conversation and
// this person has not looked since.
func (l *lens) unreadBeside(a desk.Aside) bool {
	return a.Awaits && l.seen[markOf(a.ID)] != a.Last
}

// markOf names the mark of what this person has seen of a side conversation, among
// those of tickets.
func markOf(id desk.AsideID) desk.TicketID { return desk.TicketID(asideDraft + string(id)) }
