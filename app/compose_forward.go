package app

import (
	"context"
	"errors"
	"strings"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/replica"
)

// forwardWait is how long a forward waits for files that are still at the hub.
const forwardWait = 20 * time.Second

// Forward begins to pass a message on: a draft about it, with its files. Words
// of a forward that was begun before stay.
func (c *Compose) Forward(messageID string) (Draft, error) {
	ws, err := c.app.workspace()
	if err != nil {
		return Draft{}, err
	}
	m, err := ws.passable(desk.MessageID(messageID))
	if err != nil {
		return Draft{}, err
	}
	if m.Beside() {
		return Draft{}, desk.Refuse(desk.CodeValidation, "A side conversation is between the desk and its people; write down what others may be told.")
	}
	if m.Kind == desk.InternalNote {
		return Draft{}, desk.Refuse(desk.CodeValidation, "An internal note never leaves the desk; write down what may be told.")
	}
	d, _, err := ws.store.Draft(ws.ctx, m.Ticket, desk.Forward)
	if err != nil {
		return Draft{}, err
	}
	same := d.Envelope.About == m.ID
	d.Ticket, d.Kind, d.Envelope.About, d.SavedAt = m.Ticket, desk.Forward, m.ID, c.app.now()
	if !same {
		if err := ws.takeAlong(m); err != nil {
			return Draft{}, err
		}
	}
	if err := ws.store.SaveDraft(ws.ctx, d); err != nil {
		return Draft{}, err
	}
	c.app.signals.emit(TopicTicket, string(m.Ticket))
	c.app.signals.emit(TopicQueue, "")
	return ws.showDraft(d)
}

// passable reads what is to be passed on: a message, or the description of a ticket
// in the shape of one.
func (ws *workspace) passable(id desk.MessageID) (m desk.Message, err error) {
	err = ws.view(func(tx *store.ReplicaTx) error {
		if ticket, described := strings.CutSuffix(string(id), string(desk.DescriptionOf(""))); described {
			t, err := readTicket(tx, desk.TicketID(ticket))
			if err == nil && strings.TrimSpace(t.Description) == "" {
				err = desk.Refuse(desk.CodeGone, "%s has no description that could be passed on; choose a message.", t.Number)
			}
			m = desk.Message{ID: id, Ticket: t.ID, Kind: desk.FromRequester}
			return err
		}
		m, err = desk.Read[desk.Message](tx, desk.Message{ID: id}.Key())
		return err
	})
	if errors.Is(err, desk.ErrUnknown) {
		err = desk.Refuse(desk.CodeGone, "The message does not stand on the ticket any more; choose another one.")
	}
	return m, err
}

// takeAlong gives the forward the files of the message in place of those it has.
// All of them are brought onto this disk first: what is sent is complete.
func (ws *workspace) takeAlong(m desk.Message) error {
	ctx, cancel := context.WithTimeout(ws.ctx, forwardWait)
	defer cancel()
	for _, f := range m.Attachments {
		data, err := ws.files.Get(ctx, f.SHA256, f.Size, replica.OnScreen)
		if err != nil {
			return desk.Refuse(desk.CodeGone, "%s is not on this device and cannot be fetched now; forward the message when you are online.", fileName(f.Name))
		}
		data.Close()
	}
	before, err := ws.store.DraftFiles(ws.ctx, m.Ticket, desk.Forward)
	if err != nil {
		return err
	}
	for _, f := range before {
		if err := ws.store.DetachDraft(ws.ctx, m.Ticket, desk.Forward, f.ID); err != nil {
			return err
		}
	}
	for _, f := range m.Attachments {
		id, err := newID()
		if err != nil {
			return err
		}
		f.ID, f.Name, f.Inline, f.CID, f.Awaited = id, fileName(f.Name), false, "", false
		if err := ws.store.AttachDraft(ws.ctx, m.Ticket, desk.Forward, f, time.Now()); err != nil {
			return err
		}
	}
	return nil
}

// forwarded is a message, or the description, as it is quoted to whoever it is passed
// on to.
func forwarded(tx *store.ReplicaTx, t desk.Ticket, about desk.MessageID) (string, error) {
	if about == desk.DescriptionOf(t.ID) {
		requester, err := requesterOf(tx, t)
		return desk.ForwardedDescription(t, requester), err
	}
	m, err := desk.Read[desk.Message](tx, desk.Message{ID: about}.Key())
	if errors.Is(err, desk.ErrUnknown) || err == nil && (m.Ticket != t.ID || m.Kind == desk.InternalNote || m.Beside()) {
		return "", desk.Refuse(desk.CodeGone, "The message that is forwarded does not stand on this ticket (any more); choose another one.")
	}
	if err != nil {
		return "", err
	}
	writer, err := writerOf(tx, t, m)
	return desk.Forwarded(m, writer, t.Title), err
}

// writerOf names who wrote a message, with the address it came from.
func writerOf(tx *store.ReplicaTx, t desk.Ticket, m desk.Message) (string, error) {
	if m.From != nil {
		return recipients([]desk.Address{*m.From}), nil
	}
	if m.Kind != desk.FromRequester {
		p, err := desk.Read[desk.Person](tx, desk.Person{ID: m.Author}.Key())
		if errors.Is(err, desk.ErrUnknown) {
			return "the service desk", nil
		}
		return p.Name, err
	}
	return requesterOf(tx, t)
}

func requesterOf(tx *store.ReplicaTx, t desk.Ticket) (string, error) {
	around, err := circle(tx, t)
	return strings.TrimSpace(recipients([]desk.Address{{Name: around.Requester.Name, Email: around.Requester.Email}})), err
}
