package app

import (
	"strings"

	"holdall/desk"
	"holdall/store"
)

// Compose keeps and sends what people write.
type Compose struct{ app *App }

// SaveDraft keeps unsent words on this device; no words delete the draft.
func (c *Compose) SaveDraft(r ComposeRequest) (Draft, error) {
	ws, err := c.app.workspace()
	if err != nil {
		return Draft{}, err
	}
	kind, err := composed(r.Kind)
	if err != nil {
		return Draft{}, err
	}
	d := store.Draft{Ticket: desk.TicketID(r.TicketID), Kind: kind, Text: r.Text, Seen: desk.MessageID(r.SeenID), SavedAt: c.app.now()}
	if strings.TrimSpace(d.Text) == "" {
		d.Text = ""
	}
	_, had, err := ws.store.Draft(ws.ctx, d.Ticket, kind)
	if err != nil {
		return Draft{}, err
	}
	if err := ws.store.SaveDraft(ws.ctx, d); err != nil {
		return Draft{}, err
	}
	_, has, err := ws.store.Draft(ws.ctx, d.Ticket, kind)
	if err != nil {
		return Draft{}, err
	}
	if had != has {
		c.app.signals.emit(TopicQueue, "")
	}
	return ws.showDraft(d)
}

func composed(kind string) (desk.MessageKind, error) {
	k := desk.MessageKind(kind)
	if k != desk.PublicReply && k != desk.InternalNote {
		return "", desk.Refuse(desk.CodeValidation, "A person writes a reply or a note, not a %q.", kind)
	}
	return k, nil
}

// Send saves a reply or note with the files of its draft; on return it is
// durable and its draft is gone. A reply leaves the desk when the hub has it, and
// its files.
func (c *Compose) Send(r ComposeRequest) error {
	kind, err := composed(r.Kind)
	if err != nil {
		return err
	}
	id, err := newID()
	if err != nil {
		return err
	}
	ws, err := c.app.complete()
	if err != nil {
		return err
	}
	var to []desk.Address
	err = ws.view(func(tx *store.ReplicaTx) error {
		to, err = addressees(tx, desk.TicketID(r.TicketID))
		return err
	})
	if err != nil {
		return err
	}
	files, err := ws.toSend(desk.TicketID(r.TicketID), kind)
	if err != nil {
		return err
	}
	err = c.app.change(r.TicketID, desk.MessageAdd, func(t desk.Ticket) (any, map[desk.Field]string, error) {
		m := desk.Message{ID: desk.MessageID(id), Ticket: t.ID, Kind: kind, Text: r.Text, Attachments: files}
		if kind == desk.PublicReply {
			m.To, m.Seen = to, desk.MessageID(orNone(r.SeenID, string(t.LastPublic)))
		}
		return desk.AddMessage{Message: m}, nil, nil
	})
	if err != nil {
		return err
	}
	return ws.store.DropDraft(ws.ctx, desk.TicketID(r.TicketID), kind)
}

// addressees are whom a reply goes to: the requester.
func addressees(tx *store.ReplicaTx, ticket desk.TicketID) ([]desk.Address, error) {
	t, err := readTicket(tx, ticket)
	if err != nil || t.Requester == "" {
		return nil, err
	}
	r, err := read[desk.Requester](tx, desk.Requester{ID: t.Requester}.Key())
	if err != nil || r.Email == "" {
		return nil, err
	}
	return []desk.Address{{Name: r.Name, Email: r.Email}}, nil
}

// Held decides a held reply, seeing the conversation as this device shows it.
func (c *Compose) Held(r HeldRequest) error {
	ws, err := c.app.workspace()
	if err != nil {
		return err
	}
	var m desk.Message
	err = ws.view(func(tx *store.ReplicaTx) error {
		m, err = read[desk.Message](tx, desk.Message{ID: desk.MessageID(r.MessageID)}.Key())
		return err
	})
	if err != nil {
		return err
	}
	return c.app.change(string(m.Ticket), desk.ReplyDecide, func(t desk.Ticket) (any, map[desk.Field]string, error) {
		text := r.Text
		if text == m.Text {
			text = ""
		}
		return desk.DecideReply{Message: m.ID, Act: desk.ReplyAct(r.Act), Text: text, Seen: t.LastPublic}, nil, nil
	})
}

// Drafts lists the tickets with unsent words, newest first.
func (c *Compose) Drafts() ([]TicketRow, error) {
	rows := []TicketRow{}
	err := c.app.look(func(l *lens) error {
		ids, err := l.drafted()
		if err != nil {
			return err
		}
		for _, id := range ids {
			row, err := l.rowOf(id)
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
		return nil
	})
	return rows, err
}
