package ordeal

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
	"holdall/sync/replica"
)

// courier is the sending half of a laptop, inside the test: it pushes and tells
// the ledger what the hub acknowledged. What it sent it keeps, as an outbox does.
type courier struct {
	t      testing.TB
	h      *hub
	name   string
	ledger *ledger
	who    store.Identity
	sent   []desk.Mutation
	acked  int64
	looked int64                             // results were looked for up to it
	seen   map[desk.BucketID]protocol.Cursor // counters the hub told
	lease  desk.Lease
	ticket desk.TicketID
}

// engage signs a courier in, on a device of a person; the hub must be at work.
func engage(t testing.TB, h *hub, name, email string, l *ledger) *courier {
	t.Helper()
	who, err := replica.Enrol(ctx, replica.SignIn{Server: h.url(), Email: email, Password: password, Device: name})
	must(t, err)
	return &courier{t: t, h: h, name: name, ledger: l, who: who, ticket: desk.TicketID(name + "'s ticket")}
}

// work converses with the hub until the context ends, again and again: every
// conversation ends with the hub's death.
func (c *courier) work(ctx context.Context) {
	for ctx.Err() == nil {
		if err := c.converse(ctx); errors.Is(err, errWrong) {
			c.t.Errorf("%s is told: %v", c.name, err)
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func (c *courier) converse(ctx context.Context) error {
	conn, err := protocol.Dial(ctx, "ws"+strings.TrimPrefix(c.h.url(), "http")+"/api/v1/sync", c.who.Token, nil)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	err = conn.Send(ctx, protocol.Hello{
		Protocol: protocol.Version, App: "ordeal", Epoch: c.who.Epoch, Cursors: c.seen, NextMid: int64(len(c.sent)) + 1, Acked: c.acked, Left: c.left(),
	})
	if err != nil {
		return err
	}
	for {
		m, err := conn.Receive(ctx)
		if err != nil {
			return err
		}
		if err := c.take(ctx, conn, m); err != nil {
			return err
		}
	}
}

func (c *courier) take(ctx context.Context, conn protocol.Conn, m protocol.Message) error {
	switch m := m.(type) {
	case protocol.Welcome:
		return c.welcome(ctx, conn, m)
	case protocol.Ack:
		for _, r := range m.Results {
			if err := c.answered(r); err != nil {
				return err
			}
		}
		return c.push(ctx, conn, c.acked)
	case protocol.Bye:
		return fmt.Errorf("bye: %s", m.Code)
	}
	return nil
}

// welcome holds what the hub remembers against what it has acknowledged.
func (c *courier) welcome(ctx context.Context, conn protocol.Conn, m protocol.Welcome) error {
	if c.who.Epoch != "" && m.Epoch != c.who.Epoch {
		return fmt.Errorf("%w: another life of the hub", errWrong)
	}
	if m.LastMid < c.acked || m.LastMid > int64(len(c.sent)) {
		return fmt.Errorf("%w: of %d mutations, %d of them acknowledged, the hub remembers %d", errWrong, len(c.sent), c.acked, m.LastMid)
	}
	c.who.Epoch, c.seen = m.Epoch, m.Buckets
	for _, l := range m.Leases {
		c.lease = l
	}
	return c.push(ctx, conn, c.acked)
}

// push sends again what was not acknowledged, or something new.
func (c *courier) push(ctx context.Context, conn protocol.Conn, from int64) error {
	if from == int64(len(c.sent)) {
		for range 1 + len(c.sent)%4 {
			c.compose()
		}
	}
	return conn.Send(ctx, protocol.Push{Mutations: c.sent[from:], Left: c.left()})
}

// left are its unused numbers: it needs one in its life.
func (c *courier) left() map[desk.TicketKind]int64 {
	if c.lease.Kind == "" {
		return map[desk.TicketKind]int64{desk.Incident: 0}
	}
	return map[desk.TicketKind]int64{desk.Incident: desk.LeaseBlock, desk.Request: desk.LeaseBlock}
}

// compose makes the next mutation: first the ticket, then notes on it.
func (c *courier) compose() {
	word := c.ledger.word(c.name)
	name, args := desk.MessageAdd, any(desk.AddMessage{Message: desk.Message{ID: desk.MessageID(word), Ticket: c.ticket, Kind: desk.InternalNote, Text: word}})
	if len(c.sent) == 0 {
		name, args = desk.TicketCreate, desk.CreateTicket{Kind: c.lease.Kind, Number: desk.FormatNumber(c.lease.Kind, c.lease.First), Title: word, Impact: 3, Urgency: 3}
	}
	m, err := desk.NewMutation(name, c.ticket, args, time.Now())
	if err != nil {
		c.t.Error(err)
	}
	m.Device, m.Mid = c.who.Device, int64(len(c.sent))+1
	c.sent = append(c.sent, m)
}

// errWrong is an answer that no hub may give.
var errWrong = errors.New("wrong")

// answered notes an acknowledgement. Nothing a courier does is to be refused.
func (c *courier) answered(r desk.Result) error {
	if r.Mid < 1 || r.Mid > int64(len(c.sent)) || r.Status == desk.Rejected {
		return fmt.Errorf("%w: %+v", errWrong, r)
	}
	c.ledger.note(wordOf(c.t, c.sent[r.Mid-1]), acked)
	c.acked = max(c.acked, r.Mid)
	return nil
}

// examine holds the database of a dead hub against what it had acknowledged.
func (c *courier) examine(tx *store.CentralTx) {
	device, err := tx.Device(c.who.Device)
	must(c.t, err)
	if device.LastMid < c.acked || device.LastMid > int64(len(c.sent)) {
		c.t.Errorf("%s has sent %d mutations, %d of them acknowledged; the hub holds %d", c.name, len(c.sent), c.acked, device.LastMid)
	}
	for mid := c.looked + 1; mid <= device.LastMid; mid++ {
		if _, ok, err := tx.Result(c.who.Device, mid); err != nil || !ok {
			c.t.Errorf("%s: mid %d has no result (%v)", c.name, mid, err)
		}
	}
	c.looked = device.LastMid
}
