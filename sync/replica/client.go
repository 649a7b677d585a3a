package replica

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

const tickEvery = time.Second

// Client keeps a replica in step with its hub for as long as it runs, and takes
// the edits of the person at this device.
type Client struct {
	store   *store.Replica
	dial    protocol.Dialer
	log     *slog.Logger
	changed func(Changed)

	mu     sync.Mutex // guards engine and conn; held while a step or an edit runs
	engine *Engine
	conn   protocol.Conn

	inbox chan arrival
}

// arrival is an event with the connection it came over; nil: from this device.
type arrival struct {
	conn  protocol.Conn
	event Event
}

// NewClient makes a client; changed is called after the view moved, without any
// lock held, and must not wait.
func NewClient(replica *store.Replica, dial protocol.Dialer, app string, log *slog.Logger, changed func(Changed)) *Client {
	random := rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64()))
	return &Client{
		store: replica, dial: dial, log: log, changed: changed,
		engine: New(replica, random, app), inbox: make(chan arrival, 64),
	}
}

// Run synchronises until the context ends.
func (c *Client) Run(ctx context.Context) error {
	c.mu.Lock()
	err := c.engine.Recover(ctx, time.Now())
	c.mu.Unlock()
	if err != nil {
		return err
	}
	tick := time.NewTicker(tickEvery)
	defer tick.Stop()
	defer c.hangup()
	c.step(ctx, Woken{})
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			c.step(ctx, Ticked{})
		case a := <-c.inbox:
			if a.conn == nil || c.current(a.conn) {
				c.step(ctx, a.event)
			}
		}
	}
}

// Edit saves mutations; they are durable and visible on return.
func (c *Client) Edit(ctx context.Context, mutations ...desk.Mutation) ([]desk.Mutation, error) {
	c.mu.Lock()
	saved, err := c.engine.Edit(ctx, time.Now(), mutations...)
	c.mu.Unlock()
	if saved == nil {
		return nil, err
	}
	c.post(Edited{})
	touched := Changed{}
	for _, m := range saved {
		touched.Tickets = append(touched.Tickets, m.Ticket)
	}
	c.changed(touched)
	return saved, err
}

// Wake asks for a connection now.
func (c *Client) Wake() { c.post(Woken{}) }

// Status reports where the conversation stands.
func (c *Client) Status() Status {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.engine.Status()
}

// post hands over an event; where many wait already one more wake adds nothing.
func (c *Client) post(ev Event) {
	select {
	case c.inbox <- arrival{event: ev}:
	default:
	}
}

func (c *Client) step(ctx context.Context, ev Event) {
	c.mu.Lock()
	effects, err := c.engine.Step(ctx, time.Now(), ev)
	c.mu.Unlock()
	if err != nil && ctx.Err() == nil {
		c.log.Error("synchronise", "error", err)
	}
	for _, effect := range effects {
		c.carryOut(ctx, effect)
	}
}

func (c *Client) carryOut(ctx context.Context, effect Effect) {
	switch effect := effect.(type) {
	case Dial:
		go c.connect(ctx)
	case Send:
		c.send(ctx, effect.Message)
	case Hangup:
		c.hangup()
	case Changed:
		c.changed(effect)
	}
}

func (c *Client) send(ctx context.Context, m protocol.Message) {
	c.mu.Lock()
	conn := c.conn
	c.mu.Unlock()
	if conn == nil {
		return
	}
	if err := conn.Send(ctx, m); err != nil {
		conn.Close()
	}
}

func (c *Client) hangup() {
	c.mu.Lock()
	conn := c.conn
	c.conn = nil
	c.mu.Unlock()
	if conn != nil {
		conn.Close()
	}
}

// connect dials and reads until the connection ends.
func (c *Client) connect(ctx context.Context) {
	conn, err := c.dial(ctx)
	if err != nil {
		c.deliver(ctx, arrival{event: Lost{Reason: sentence(err), Refused: errors.Is(err, protocol.ErrUnauthorized)}})
		return
	}
	defer conn.Close()
	c.mu.Lock()
	c.conn = conn
	c.mu.Unlock()
	c.deliver(ctx, arrival{conn, Connected{}})
	for {
		m, err := conn.Receive(ctx)
		if err != nil {
			c.deliver(ctx, arrival{conn, Lost{Reason: sentence(err)}})
			return
		}
		c.deliver(ctx, arrival{conn, Received{m}})
	}
}

// current reports whether the connection is the one in use; what an older one
// still had to say is passed over.
func (c *Client) current(conn protocol.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.conn == conn
}

// deliver hands over what must not be dropped.
func (c *Client) deliver(ctx context.Context, a arrival) {
	select {
	case c.inbox <- a:
	case <-ctx.Done():
	}
}

// sentence is what the sync chip says of a connection that is not there.
func sentence(err error) string {
	if errors.Is(err, protocol.ErrUnauthorized) {
		return "The hub does not know this device any more; sign in again."
	}
	if errors.Is(err, protocol.ErrFrame) {
		return "The hub sent something this program cannot read; check its version."
	}
	return "The hub cannot be reached; everything is kept and sent later."
}
