package app

import (
	"strings"

	"holdall/desk"
	"holdall/store"
)

// asideDraft begins the name under which the draft of a side conversation is kept:
// each has one of its own, beside the reply and the note.
const asideDraft = "aside:"

func draftOf(id desk.AsideID) desk.MessageKind { return desk.MessageKind(asideDraft + string(id)) }

// asideOf is the side conversation a draft is for; empty: it is for none.
func asideOf(draft desk.MessageKind) desk.AsideID {
	id, _ := strings.CutPrefix(string(draft), asideDraft)
	if id == string(draft) {
		return ""
	}
	return desk.AsideID(id)
}

// becomes is the kind of message a draft becomes.
func becomes(draft desk.MessageKind) desk.MessageKind {
	if asideOf(draft) != "" {
		return desk.AsideMail
	}
	return draft
}

// Aside begins a side conversation about a ticket: a draft with a name of its own
// and the ticket's title as its subject. It is kept once something is written.
func (c *Compose) Aside(ticketID string) (d Draft, err error) {
	id, err := newID()
	if err != nil {
		return d, err
	}
	err = c.app.look(func(l *lens) error {
		t, err := l.ticket(ticketID)
		if err != nil {
			return err
		}
		begun := store.Draft{Ticket: t.ID, Kind: draftOf(desk.AsideID(id)), Envelope: desk.Envelope{Subject: t.Title}, SavedAt: c.app.now()}
		d, err = l.ws.showDraft(begun)
		return err
	})
	return d, err
}

// Discard ends a draft with its files.
func (c *Compose) Discard(r ComposeRequest) error {
	ws, err := c.app.workspace()
	if err != nil {
		return err
	}
	kind, err := composed(r.Kind)
	if err != nil {
		return err
	}
	if err := ws.store.DropDraft(ws.ctx, desk.TicketID(r.TicketID), kind); err != nil {
		return err
	}
	c.app.signals.emit(TopicTicket, r.TicketID)
	c.app.signals.emit(TopicQueue, "")
	return nil
}

// beside are whom a word in a side conversation goes to: those its envelope names,
// else the people of its newest word, without the desk and whoever asked.
func beside(tx *store.ReplicaTx, t desk.Ticket, id desk.AsideID, e desk.Envelope) (to, cc []desk.Address, err error) {
	if len(e.To)+len(e.Cc) > 0 {
		return desk.CheckRecipients(e.To, e.Cc)
	}
	thread, err := tx.Thread(t.ID)
	if err != nil {
		return nil, nil, err
	}
	around, err := circle(tx, t)
	if err != nil {
		return nil, nil, err
	}
	said := desk.AsideThread(thread, id)
	a, _ := t.Aside(id)
	for _, m := range said {
		if m.ID == a.Last {
			// Of too many nobody is proposed: whom to ask is chosen then.
			if to, cc, err = desk.ReplyAll(m, desk.Address{}, append(around.Own, around.Requester.Email)); desk.CodeOf(err) != desk.CodeQuota {
				return to, cc, err
			}
		}
	}
	return to, cc, nil
}

// ofDraft are the recipients of a draft as it would be sent.
func ofDraft(tx *store.ReplicaTx, t desk.Ticket, draft desk.MessageKind, e desk.Envelope) (to, cc []desk.Address, err error) {
	if id := asideOf(draft); id != "" {
		return beside(tx, t, id, e)
	}
	return addressees(tx, t, e)
}

// cautions are the sentences to read before a draft leaves.
func cautions(tx *store.ReplicaTx, t desk.Ticket, draft desk.MessageKind, e desk.Envelope) ([]string, error) {
	around, err := circle(tx, t)
	if err != nil {
		return nil, err
	}
	if asideOf(draft) != "" {
		return nonNil(around.CautionsBeside(e.To, e.Cc)), nil
	}
	if e.About != "" {
		around.Requester = desk.Requester{} // who asked is not meant to get it
	}
	return nonNil(around.Cautions(e.To, e.Cc)), nil
}

// addressee is the ticket as the words of a draft speak of it: who asked is not
// named to third parties, and their language is not that of the third parties.
func addressee(t desk.Ticket, draft desk.MessageKind) desk.Ticket {
	if asideOf(draft) != "" {
		t.Requester = ""
	}
	return t
}

// draftIn is the draft a message was written as.
func draftIn(m desk.Message) desk.MessageKind {
	if m.Kind == desk.AsideMail {
		return draftOf(m.Aside)
	}
	return m.Kind
}

// newest is the message by which the stale-reply guard measures a draft.
func newest(t desk.Ticket, draft desk.MessageKind) desk.MessageID {
	if id := asideOf(draft); id != "" {
		a, _ := t.Aside(id)
		return a.Last
	}
	return t.LastPublic
}
