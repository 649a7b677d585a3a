package app

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
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
	files  *replica.Files
	hub    replica.HTTPHub // by plain requests
	ctx    context.Context

	cancel  context.CancelFunc
	running sync.WaitGroup
	changed chan struct{} // the view moved
	rest    *holding
	inside  *soloHub // nil: the hub is elsewhere
}

// openWorkspace sets a replica going. It takes the store over, and the hub
// inside, also when it fails.
func (a *App) openWorkspace(replicas *store.Replica, who store.Identity, dial protocol.Dialer, hub func() (replica.HTTPHub, error), inside *soloHub) (*workspace, error) {
	ws := &workspace{store: replicas, who: who, changed: make(chan struct{}, 1), inside: inside, rest: newHolding(a.cfg.Hold)}
	ws.ctx, ws.cancel = context.WithCancel(context.Background())
	if err := a.openFiles(ws, hub); err != nil {
		return nil, errors.Join(err, ws.close())
	}
	ws.client = replica.NewClient(replicas, dial, a.cfg.Version, a.log, func(c replica.Changed) {
		select {
		case ws.changed <- struct{}{}:
		default:
		}
		ws.files.Wake()
		a.moved(c)
	})
	ws.client.Meeting(a.met)
	ws.running.Go(func() {
		if err := ws.client.Run(ws.ctx); err != nil && ws.ctx.Err() == nil {
			a.log.Error("keep in step with the hub", "error", err)
		}
	})
	ws.running.Go(func() { ws.files.Run(ws.ctx) })
	ws.running.Go(func() { a.release(ws) })
	return ws, nil
}

// openFiles opens the folder of files beside the replica.
func (a *App) openFiles(ws *workspace, hub func() (replica.HTTPHub, error)) error {
	var err error
	if ws.hub, err = hub(); err != nil {
		return err
	}
	kind := kindHub
	if ws.who.Solo {
		kind = kindSolo
	}
	ws.files, err = replica.OpenFiles(ws.ctx, ws.store, filepath.Join(a.folder(kind), "files"), ws.hub,
		cmp.Or(a.cfg.FileQuota, replica.FilesMost), a.log, func(string) { a.signals.emit(TopicFile, "") })
	return err
}

// close ends the conversation and the files' ways, then the hub, then the files.
func (ws *workspace) close() error {
	ws.cancel()
	ws.running.Wait()
	if ws.files != nil {
		ws.files.Close()
	}
	if ws.hub.Client != nil {
		ws.hub.Client.CloseIdleConnections() // nobody asks by them any more
	}
	err := ws.store.Close()
	if ws.inside != nil {
		err = errors.Join(err, ws.inside.close())
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

func (ws *workspace) view(fn func(*store.ReplicaTx) error) error {
	err := ws.store.View(ws.ctx, fn)
	if err != nil && ws.ctx.Err() != nil { // whatever a database says that is being closed
		err = errors.Join(ws.ctx.Err(), err)
	}
	return err
}

// complete fails where something saved cannot be shown: its author would be told
// that it is not there.
func (a *App) complete() (*workspace, error) {
	ws, err := a.workspace()
	if err != nil {
		return nil, err
	}
	return ws, ws.client.Show(ws.ctx)
}

// edit saves what a person did, all of it or nothing; it is durable and visible
// on return.
func (ws *workspace) edit(mutations ...desk.Mutation) error {
	_, err := ws.client.Edit(ws.ctx, mutations...)
	return err
}

// readTicket is a ticket by its id.
func readTicket(tx *store.ReplicaTx, id desk.TicketID) (desk.Ticket, error) {
	return desk.Read[desk.Ticket](tx, desk.Ticket{ID: id}.Key())
}
