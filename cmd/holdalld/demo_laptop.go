package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
	"holdall/sync/replica"
)

// laptop is a replica in a folder of its own, connected over a websocket that
// can be cut.
type laptop struct {
	name    string
	store   *store.Replica
	client  *replica.Client
	who     store.Identity
	line    *line
	ending  context.CancelFunc
	running sync.WaitGroup
}

// openLaptop signs in at a hub and sets a new replica going.
func openLaptop(ctx context.Context, name, dir, server, email, password string, log *slog.Logger) (*laptop, error) {
	who, err := replica.Enrol(ctx, replica.SignIn{Server: server, Email: email, Password: password, Device: name + "'s laptop"})
	if err != nil {
		return nil, err
	}
	return resumeLaptop(ctx, name, filepath.Join(dir, name), server, who, log)
}

// resumeLaptop sets the replica in a folder going as a device that a hub knows.
func resumeLaptop(ctx context.Context, name, dir, server string, who store.Identity, log *slog.Logger) (*laptop, error) {
	replicas, err := store.OpenReplica(ctx, dir)
	if err != nil {
		return nil, err
	}
	who.Server, who.Solo = server, false
	if err := replicas.SetIdentity(ctx, who); err != nil {
		return nil, errors.Join(err, replicas.Close())
	}
	l := &laptop{name: name, store: replicas, who: who, line: &line{up: true}}
	address := "ws" + strings.TrimPrefix(server, "http") + "/api/v1/sync"
	l.client = replica.NewClient(replicas, l.line.dialer(func(ctx context.Context) (protocol.Conn, error) {
		return protocol.Dial(ctx, address, who.Token, nil)
	}), "story", log, func(replica.Changed) {})
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	l.ending = cancel
	l.running.Go(func() {
		if err := l.client.Run(running); err != nil && running.Err() == nil {
			log.Error("synchronise "+name, "error", err)
		}
	})
	return l, nil
}

func (l *laptop) close() error {
	l.ending()
	l.running.Wait()
	return l.store.Close()
}

// do saves what the person at the laptop did.
func (l *laptop) do(ctx context.Context, mutations ...desk.Mutation) error {
	_, err := l.client.Edit(ctx, mutations...)
	return err
}

// ticket is a ticket as the laptop shows it.
func (l *laptop) ticket(ctx context.Context, id desk.TicketID) (t desk.Ticket, err error) {
	err = l.store.View(ctx, func(tx *store.ReplicaTx) error {
		e, err := tx.Get(desk.Ticket{ID: id}.Key())
		if err == nil {
			t = e.(desk.Ticket)
		}
		return err
	})
	return t, err
}

// person is who sits at the laptop, as its directory says.
func (l *laptop) person(ctx context.Context) (p desk.Person, err error) {
	err = l.store.View(ctx, func(tx *store.ReplicaTx) error {
		e, err := tx.Get(desk.Person{ID: l.who.Person}.Key())
		if err == nil {
			p = e.(desk.Person)
		}
		return err
	})
	return p, err
}

// thread is a ticket's thread as the laptop shows it.
func (l *laptop) thread(ctx context.Context, id desk.TicketID) (thread []desk.Message, err error) {
	err = l.store.View(ctx, func(tx *store.ReplicaTx) error {
		thread, err = tx.Thread(id)
		return err
	})
	return thread, err
}

// tray lists the open conflicts of the person at the laptop.
func (l *laptop) tray(ctx context.Context) (open []desk.Conflict, err error) {
	err = l.store.View(ctx, func(tx *store.ReplicaTx) error {
		open, err = tx.ConflictsOf(l.who.Person)
		return err
	})
	return open, err
}

// waiting counts what the laptop has not brought home yet.
func (l *laptop) waiting(ctx context.Context) (int, error) {
	pending, err := l.store.Pending(ctx)
	return len(pending), err
}

// line is a laptop's way to the hub.
type line struct {
	mu   sync.Mutex
	up   bool
	conn protocol.Conn
}

var errLineDown = errors.New("the network is unreachable")

func (l *line) dialer(dial protocol.Dialer) protocol.Dialer {
	return func(ctx context.Context) (protocol.Conn, error) {
		if !l.isUp() {
			return nil, errLineDown
		}
		conn, err := dial(ctx)
		if err != nil {
			return nil, err
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		if !l.up {
			return nil, errors.Join(errLineDown, conn.Close())
		}
		l.conn = conn
		return conn, nil
	}
}

func (l *line) isUp() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.up
}

// cut ends the connection and refuses new ones.
func (l *line) cut() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.up = false
	if l.conn == nil {
		return nil
	}
	return l.conn.Close()
}

// mend lets connections through again.
func (l *line) mend() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.up = true
}
