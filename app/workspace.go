package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
	"holdall/sync/replica"
)

// workspace is an opened replica with the client that keeps it in step.
type workspace struct {
	store  *store.Replica
	client *replica.Client
	who    store.Identity
	blobs  Blobs
	ctx    context.Context

	cancel  context.CancelFunc
	running sync.WaitGroup
	changed chan struct{} // the view moved
	hub     func() error  // ends the hub inside; nil: there is none
}

// openWorkspace sets a replica going. It takes the store over, and the hub.
func (a *App) openWorkspace(replicas *store.Replica, who store.Identity, dial protocol.Dialer, blobs Blobs, hub func() error) *workspace {
	ws := &workspace{store: replicas, who: who, blobs: blobs, changed: make(chan struct{}, 1), hub: hub}
	ws.ctx, ws.cancel = context.WithCancel(context.Background())
	ws.client = replica.NewClient(replicas, dial, a.cfg.Version, a.log, func(c replica.Changed) {
		select {
		case ws.changed <- struct{}{}:
		default:
		}
		a.moved(c.Tickets)
	})
	ws.running.Go(func() {
		if err := ws.client.Run(ws.ctx); err != nil && ws.ctx.Err() == nil {
			a.log.Error("keep in step with the hub", "error", err)
		}
	})
	return ws
}

// close ends the conversation, then the hub, then the files.
func (ws *workspace) close() error {
	ws.cancel()
	ws.running.Wait()
	err := ws.store.Close()
	if ws.hub != nil {
		err = errors.Join(err, ws.hub())
	}
	return err
}

// familiar waits until the directory knows whose device this is, or for as long
// as is bearable on a start screen.
func (ws *workspace) familiar(ctx context.Context, atMost time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, atMost)
	defer cancel()
	for {
		err := ws.view(func(tx *store.ReplicaTx) error {
			_, err := tx.Get(desk.Person{ID: ws.who.Person}.Key())
			return err
		})
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-ws.ctx.Done():
			return
		case <-ws.changed:
		}
	}
}

func (ws *workspace) view(fn func(*store.ReplicaTx) error) error { return ws.store.View(ws.ctx, fn) }

// edit saves what a person did; it is durable and visible on return.
func (ws *workspace) edit(m desk.Mutation) error {
	_, err := ws.client.Edit(ws.ctx, m)
	return err
}

// read is an entity of a known type.
func read[T desk.Entity](tx *store.ReplicaTx, key desk.Key) (T, error) {
	var zero T
	e, err := tx.Get(key)
	if err != nil {
		return zero, err
	}
	return e.(T), nil
}

// readTicket is a ticket by its id.
func readTicket(tx *store.ReplicaTx, id desk.TicketID) (desk.Ticket, error) {
	return read[desk.Ticket](tx, desk.Ticket{ID: id}.Key())
}
