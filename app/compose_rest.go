package app

import (
	"encoding/json"
	"errors"
	"time"

	"holdall/desk"
	"holdall/store"
)

// letRest keeps a message that was sent. What the rules refuse is refused now,
// not when its writer has turned to something else.
func (a *App) letRest(ws *workspace, m store.Resting, d store.Draft) error {
	err := ws.view(func(tx *store.ReplicaTx) error {
		me, err := desk.Read[desk.Person](tx, desk.Person{ID: ws.who.Person}.Key())
		if err != nil {
			return err
		}
		_, err = desk.Apply(tx, m.Mutation, desk.Env{Actor: desk.PrincipalOf(me, ws.who.Device), Now: a.now(), Ahead: true})
		return err
	})
	if err != nil {
		return err
	}
	if err := ws.store.Rest(ws.ctx, m); err != nil {
		return err
	}
	ws.rest.dueAt(m.ID, a.now())
	ws.rest.poke()
	a.rested(d.Ticket)
	return nil
}

// leavesNow puts a message into the outbox that nobody takes back. It rests in the
// meantime: its words are in one place whenever the program ends, and who is told
// that it failed has them in the draft again. Where not even that can be had, on a disk
// that fails just now, it stays at rest as a reply does, and leaves when it can.
func (a *App) leavesNow(ws *workspace, m store.Resting) error {
	ws.rest.leaving.Lock()
	defer ws.rest.leaving.Unlock()
	if err := ws.store.Rest(ws.ctx, m); err != nil {
		return err
	}
	err := ws.edit(m.Mutation)
	if err == nil {
		return nil
	}
	_, found, back := ws.store.TakeBack(ws.ctx, m.ID)
	if back == nil && found {
		return err
	}
	if back != nil {
		ws.rest.fail(m.ID, a.Explain(err).Message, a.now())
		ws.rest.poke()
		a.rested(m.Draft.Ticket)
	}
	return nil
}

// rested tells the page that something rests or rests no more.
func (a *App) rested(t desk.TicketID) {
	a.signals.emit(TopicTicket, string(t))
	a.signals.emit(TopicQueue, "")
	a.signals.emit(TopicSync, "")
}

// release lets what rests leave when its time has come, until the workspace
// closes.
func (a *App) release(ws *workspace) {
	clock := time.NewTimer(0)
	defer clock.Stop()
	for {
		select {
		case <-ws.ctx.Done():
			return
		case <-ws.rest.wake:
		case <-clock.C:
		}
		list, err := ws.store.Resting(ws.ctx)
		if err != nil && ws.ctx.Err() == nil {
			a.log.Error("read what rests", "error", err)
		}
		next := ws.rest.pause()
		if err != nil {
			next = holdOn
		}
		for _, m := range list {
			left := time.Until(ws.rest.dueAt(m.ID, a.now()))
			if left <= 0 {
				left = a.leaves(ws, m)
			}
			next = min(next, max(left, time.Millisecond))
		}
		if len(list) > 0 || err != nil {
			clock.Reset(next)
		}
	}
}

// enters puts the mutation into the outbox in its newest version: it may have
// rested since an older program was closed.
func (a *App) enters(ws *workspace, m desk.Mutation) error {
	m, err := m.Lifted()
	if err != nil {
		return err
	}
	return ws.edit(m)
}

// leaves puts a message into the outbox, unless it was taken back meanwhile. One
// that is refused stays where it is, and its writer reads why.
func (a *App) leaves(ws *workspace, m store.Resting) (again time.Duration) {
	ws.rest.leaving.Lock()
	defer ws.rest.leaving.Unlock()
	err := ws.client.Show(ws.ctx)
	if err == nil {
		if still, e := ws.rests(m.ID); e != nil || !still {
			return ws.rest.pause()
		}
		err = a.enters(ws, m.Mutation)
	}
	if err == nil {
		ws.rest.forget(m.ID)
		a.rested(m.Draft.Ticket)
		return ws.rest.pause()
	}
	if ws.ctx.Err() == nil {
		ws.rest.fail(m.ID, a.Explain(err).Message, a.now())
		a.rested(m.Draft.Ticket)
	}
	return ws.rest.pause()
}

func (ws *workspace) rests(id desk.MessageID) (bool, error) {
	list, err := ws.store.Resting(ws.ctx)
	for _, m := range list {
		if m.ID == id {
			return true, nil
		}
	}
	return false, err
}

// Resting lists what can still be taken back, in the order it was sent.
func (c *Compose) Resting() ([]RestingMessage, error) {
	list := []RestingMessage{}
	err := c.app.look(func(l *lens) error {
		for _, m := range l.resting {
			t, err := readTicket(l.tx, m.Draft.Ticket)
			if err != nil && !errors.Is(err, desk.ErrUnknown) {
				return err
			}
			said, err := added(m)
			if err != nil {
				return err
			}
			left := l.ws.rest.dueAt(m.ID, c.app.now()).Sub(c.app.now())
			list = append(list, RestingMessage{
				ID: string(m.ID), TicketID: string(m.Draft.Ticket), Number: string(t.Number), Kind: string(m.Draft.Kind),
				To: inShort(said.To, said.Cc), LeftMs: int(max(0, left).Milliseconds()), Problem: l.ws.rest.problem(m.ID),
			})
		}
		return nil
	})
	return list, err
}

// TakeBack makes a draft again of a message that rests.
func (c *Compose) TakeBack(id string) (Draft, error) {
	ws, err := c.app.workspace()
	if err != nil {
		return Draft{}, err
	}
	ws.rest.leaving.Lock()
	defer ws.rest.leaving.Unlock()
	d, found, err := ws.store.TakeBack(ws.ctx, desk.MessageID(id))
	if err != nil {
		return Draft{}, err
	}
	if !found {
		return Draft{}, desk.Refuse(desk.CodeGone, "The message has left this device; it cannot be taken back any more.")
	}
	ws.rest.forget(desk.MessageID(id))
	c.app.rested(d.Ticket)
	return ws.showDraft(d)
}

// atRest adds what rests to the end of a ticket's thread.
func (l *lens) atRest(t desk.Ticket, entries []Entry) ([]Entry, error) {
	for _, m := range l.resting {
		if m.Draft.Ticket != t.ID {
			continue
		}
		said, err := added(m)
		if err != nil {
			return nil, err
		}
		said.Author, said.At = l.ws.who.Person, m.Mutation.At
		e, err := l.message(t, said)
		if err != nil {
			return nil, err
		}
		e.Pending, e.Delivery, e.Problem = true, "resting", l.ws.rest.problem(m.ID)
		entries = append(entries, e)
	}
	return entries, nil
}

func added(m store.Resting) (desk.Message, error) {
	var a desk.AddMessage
	err := json.Unmarshal(m.Mutation.Args, &a)
	return a.Message, err
}
