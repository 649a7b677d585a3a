package replica

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
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

	mu     sync.Mutex // guards what follows; held while a step or an edit runs
	engine *Engine
	conn   protocol.Conn
	number int                // of the connection asked for last
	giveUp context.CancelFunc // ends it, made or not

	inbox  chan arrival
	wishes *wishes
	vigil  vigil

	company atomic.Pointer[Company]
	met     func(desk.TicketID)
}

// arrival is an event with the number of the connection it came over.
type arrival struct {
	number int
	event  Event
}

// NewClient makes a client; changed is called after the view moved, without any
// lock held, and must not wait.
func NewClient(replica *store.Replica, dial protocol.Dialer, app string, log *slog.Logger, changed func(Changed)) *Client {
	random := rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64()))
	return &Client{
		store: replica, dial: dial, log: log, changed: changed,
		engine: New(replica, random, app), inbox: make(chan arrival, 64), giveUp: func() {},
		wishes: newWishes(), vigil: vigil{network: addresses}, met: func(desk.TicketID) {},
	}
}

// Run synchronises until the context ends, or a damaged file wants a restart.
func (c *Client) Run(ctx context.Context) error {
	c.mu.Lock()
	err := c.engine.Recover(ctx, time.Now())
	c.mu.Unlock()
	if errors.Is(err, store.ErrDamaged) {
		return err
	}
	if err != nil { // which passes; every tick tries again
		c.log.Error("show what was saved", "error", err)
	}
	tick := time.NewTicker(tickEvery)
	defer tick.Stop()
	defer c.hangup()
	c.vigil.changed(time.Now())
	c.step(ctx, Woken{})
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if c.vigil.changed(time.Now()) {
				c.step(ctx, Resumed{})
			}
			c.step(ctx, Ticked{})
		case <-c.wishes.sign:
			for _, wish := range c.wishes.take() {
				c.step(ctx, wish)
			}
		case a := <-c.inbox:
			if c.current(a.number) {
				c.step(ctx, a.event)
			}
		}
	}
}

// Show makes sure that everything saved can be seen, which is so unless a disk
// failed; what is not seen must not be edited.
func (c *Client) Show(ctx context.Context) error {
	c.mu.Lock()
	lacked, err := c.engine.Show(ctx, time.Now())
	c.mu.Unlock()
	if lacked && err == nil {
		c.changed(Changed{})
	}
	return err
}

// Edit saves mutations; they are durable and visible on return.
func (c *Client) Edit(ctx context.Context, mutations ...desk.Mutation) ([]desk.Mutation, error) {
	c.mu.Lock()
	saved, err := c.engine.Edit(ctx, time.Now(), mutations...)
	c.mu.Unlock()
	if saved == nil {
		return nil, err
	}
	c.wishes.add(Edited{})
	touched := Changed{}
	for _, m := range saved {
		touched.Tickets = append(touched.Tickets, m.Trees()...)
	}
	c.changed(touched)
	return saved, err
}

// Want asks for an archive, or drops it; what the hub gives of it comes as it
// comes.
func (c *Client) Want(ctx context.Context, b desk.BucketID, wanted bool) error {
	c.mu.Lock()
	err := c.engine.Want(ctx, b, wanted)
	c.mu.Unlock()
	if err == nil {
		c.wishes.add(Wanting{})
	}
	return err
}

// RestoredSeen puts the notice of the restored hub aside.
func (c *Client) RestoredSeen(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.store.Update(ctx, func(tx *store.ReplicaTx) error { return tx.SetMeta(MetaRestored, "") })
}

// Wake asks for a connection now.
func (c *Client) Wake() { c.wishes.add(Woken{}) }

// Attend says where the person at this device is; without a ticket nowhere. It
// never waits: what was said before and not told yet is replaced.
func (c *Client) Attend(p protocol.Presence) { c.wishes.add(Attending{p}) }

// Company lists who else is at which ticket; it must not be changed.
func (c *Client) Company() map[desk.TicketID][]protocol.Present {
	if known := c.company.Load(); known != nil {
		return known.All
	}
	return nil
}

// Meeting calls back when somebody comes to a ticket or leaves it, before the
// client runs. An empty ticket is: anywhere. It must not wait.
func (c *Client) Meeting(met func(desk.TicketID)) { c.met = met }

// Status reports where the conversation stands.
func (c *Client) Status() Status {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.engine.Status()
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
	c.vigil.worked(time.Now())
}

func (c *Client) carryOut(ctx context.Context, effect Effect) {
	switch effect := effect.(type) {
	case Dial:
		c.dialAnew(ctx)
	case Send:
		c.send(ctx, effect.Message)
	case Hangup:
		c.hangup()
	case Changed:
		c.changed(effect)
	case Company:
		c.company.Store(&effect)
		c.met(effect.Ticket)
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

// hangup ends the connection, or the attempt to make one.
func (c *Client) hangup() {
	c.mu.Lock()
	conn := c.conn
	c.conn = nil
	c.number++
	c.giveUp()
	c.mu.Unlock()
	if conn != nil {
		conn.Close()
	}
}

// dialAnew makes a connection beside the loop; what an older one still had to
// say is passed over.
func (c *Client) dialAnew(ctx context.Context) {
	c.hangup()
	c.mu.Lock()
	ctx, c.giveUp = context.WithCancel(ctx)
	number := c.number
	c.mu.Unlock()
	go c.connect(ctx, number)
}

// connect dials and reads until the connection ends.
func (c *Client) connect(ctx context.Context, number int) {
	conn, err := c.dial(ctx)
	if err != nil {
		c.deliver(ctx, arrival{number, Lost{Reason: sentence(err), Refused: errors.Is(err, protocol.ErrUnauthorized)}})
		return
	}
	defer conn.Close()
	if !c.take(conn, number) {
		return
	}
	c.deliver(ctx, arrival{number, Connected{}})
	for {
		m, err := conn.Receive(ctx)
		if err != nil {
			c.deliver(ctx, arrival{number, Lost{Reason: sentence(err)}})
			return
		}
		c.deliver(ctx, arrival{number, Received{m}})
	}
}

// take makes a connection the one in use, unless it is not wanted any more.
func (c *Client) take(conn protocol.Conn, number int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.number != number {
		return false
	}
	c.conn = conn
	return true
}

func (c *Client) current(number int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.number == number
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
