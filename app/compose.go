package app

import (
	"cmp"
	"strings"
	"time"

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
	if d.Envelope, err = readEnvelope(r.Envelope); err != nil {
		return Draft{}, err
	}
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

// composed is the name of a draft: the kind it becomes, or its side conversation.
func composed(kind string) (desk.MessageKind, error) {
	k := desk.MessageKind(kind)
	if k != desk.PublicReply && k != desk.InternalNote && k != desk.Forward && asideOf(k) == "" {
		return "", desk.Refuse(desk.CodeValidation, "A person writes a reply, a forward, a note or in a side conversation, not a %q.", kind)
	}
	return k, nil
}

// Send takes a reply or note with the files of its draft; on return it is durable
// and its draft is gone. A note is done at once. A reply rests on this device for
// a moment in which it can be taken back, and leaves the desk when the hub has it,
// and its files.
func (c *Compose) Send(r ComposeRequest) error {
	kind, err := composed(r.Kind)
	if err != nil {
		return err
	}
	ws, err := c.app.complete()
	if err != nil {
		return err
	}
	d := store.Draft{Ticket: desk.TicketID(r.TicketID), Kind: kind, Text: r.Text, Seen: desk.MessageID(r.SeenID), SavedAt: c.app.now()}
	if d.Envelope, err = readEnvelope(r.Envelope); err != nil {
		return err
	}
	m, err := ws.message(d, c.app.now())
	if err != nil {
		return err
	}
	if kind != desk.InternalNote && ws.rest.hold > 0 {
		return c.app.letRest(ws, m, d)
	}
	return c.app.leavesNow(ws, m)
}

// message makes the mutation of a draft that is sent.
func (ws *workspace) message(d store.Draft, now time.Time) (store.Resting, error) {
	id, err := newID()
	if err != nil {
		return store.Resting{}, err
	}
	files, err := ws.toSend(d.Ticket, d.Kind)
	if err != nil {
		return store.Resting{}, err
	}
	rest := store.Resting{ID: desk.MessageID(id), Draft: d}
	err = ws.view(func(tx *store.ReplicaTx) error {
		t, err := readTicket(tx, d.Ticket)
		if err != nil {
			return err
		}
		m := desk.Message{ID: rest.ID, Ticket: t.ID, Kind: becomes(d.Kind), Aside: asideOf(d.Kind), Text: d.Text, Attachments: files}
		if d.Kind != desk.InternalNote {
			m.Seen = cmp.Or(d.Seen, newest(t, d.Kind))
			if m.To, m.Cc, err = ofDraft(tx, t, d.Kind, d.Envelope); err != nil {
				return err
			}
			if m.Kind == desk.AsideMail {
				m.Subject = d.Envelope.Subject
			}
			if d.Kind == desk.Forward {
				m.About, m.Admits = d.Envelope.About, d.Envelope.Admits
				if m.Quoted, err = forwarded(tx, t, m.About); err != nil {
					return err
				}
			}
			if m.Signature, _, err = signature(tx, ws, addressee(t, d.Kind), d.Envelope.Language); err != nil {
				return err
			}
		}
		rest.Mutation, err = desk.NewMutation(desk.MessageAdd, t.ID, desk.AddMessage{Message: m}, now)
		rest.Mutation.BaseRev = t.Rev
		return err
	})
	return rest, err
}

// Held decides a held reply, seeing the conversation as this device shows it.
func (c *Compose) Held(r HeldRequest) error {
	ws, err := c.app.workspace()
	if err != nil {
		return err
	}
	var m desk.Message
	err = ws.view(func(tx *store.ReplicaTx) error {
		m, err = desk.Read[desk.Message](tx, desk.Message{ID: desk.MessageID(r.MessageID)}.Key())
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
		return desk.DecideReply{Message: m.ID, Act: desk.ReplyAct(r.Act), Text: text, Seen: newest(t, draftIn(m))}, nil, nil
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
