package mailroom

import (
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"sync"
	"time"

	"holdall/desk"
	"holdall/mail/oauth"
	"holdall/mail/outgoing"
	"holdall/sync/hub"
)

// refitEvery is how often it is looked whether another node of the hub changed
// the mailboxes, or the room could not be opened.
const refitEvery = 2 * time.Second

// Postmaster keeps a room open, and opens it anew whenever an admin connects a
// mailbox in a window, changes it or takes it away. What is configured is not
// changed by that. All that the rooms have read and sent is in the ledger, so one
// follows the other without a gap.
type Postmaster struct {
	// Changed is called when another room works; nil: nobody wants to know.
	Changed func()

	server     *hub.Server
	workspace  desk.Workspace
	configured Settings
	vault      func() (*hub.Vault, error)
	log        *slog.Logger
	wake       chan struct{}

	tending sync.Mutex // one admin at a time
	mu      sync.Mutex
	room    *Room
	setups  []desk.MailboxSetup // that the room was opened with
	sources map[string]*oauth.Source
}

// NewPostmaster opens the room of a hub that is at work; Run works in it. vault
// is where what signs in lies, sealed.
func NewPostmaster(ctx context.Context, server *hub.Server, workspace desk.Workspace, configured Settings, vault func() (*hub.Vault, error), log *slog.Logger) (*Postmaster, error) {
	p := &Postmaster{
		server: server, workspace: workspace, configured: configured, vault: vault, log: log,
		wake: make(chan struct{}, 1), sources: map[string]*oauth.Source{},
	}
	setups, err := server.MailboxSetups(ctx)
	if err != nil {
		return p, err
	}
	room, err := p.prepare(ctx, setups)
	if err == nil {
		p.open(room, setups)
	}
	return p, err
}

// Run reads and sends until the context ends, and returns when all of it has come
// to an end.
func (p *Postmaster) Run(ctx context.Context) {
	for ctx.Err() == nil {
		working, end := context.WithCancel(ctx)
		room, done := p.Room(), make(chan struct{})
		go func() {
			defer close(done)
			room.Run(working)
		}()
		next, setups := p.await(ctx)
		end()
		<-done
		if next != nil {
			p.open(next, setups)
		}
	}
}

// await waits until the mailboxes are others than the room was opened with, and
// another room stands ready: where none can be, this one goes on. There is none
// when the context ends.
func (p *Postmaster) await(ctx context.Context) (next *Room, setups []desk.MailboxSetup) {
	look := time.NewTicker(refitEvery)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil, nil
		case <-p.wake:
		case <-look.C:
		}
		stand, err := p.server.MailboxSetups(ctx)
		if err == nil && reflect.DeepEqual(stand, p.fitted()) {
			continue
		}
		if err == nil {
			next, err = p.prepare(ctx, stand)
		}
		if err == nil {
			return next, stand
		}
		if ctx.Err() == nil {
			p.log.Error("open the mailroom anew", "error", err)
		}
	}
}

func (p *Postmaster) fitted() []desk.MailboxSetup {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.setups
}

// Room is the one that works now.
func (p *Postmaster) Room() *Room {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.room
}

// Health is what may be told of the mailboxes to anybody.
func (p *Postmaster) Health() []hub.MailboxHealth { return p.Room().Health() }

// prepare makes a room with some mailboxes; nobody works in it yet.
func (p *Postmaster) prepare(ctx context.Context, setups []desk.MailboxSetup) (*Room, error) {
	settings, err := p.settings(setups)
	if err != nil {
		return nil, err
	}
	return New(ctx, p.server, p.workspace, settings, p.log)
}

// open makes a room the one that works now.
func (p *Postmaster) open(room *Room, setups []desk.MailboxSetup) {
	p.mu.Lock()
	p.room, p.setups = room, setups
	p.mu.Unlock()
	if p.Changed != nil {
		p.Changed()
	}
}

// settings are the configured ones with the mailboxes that were connected.
func (p *Postmaster) settings(setups []desk.MailboxSetup) (Settings, error) {
	s := p.configured
	s.Boxes = slices.Clone(s.Boxes)
	for _, one := range setups {
		r, err := p.reach(one)
		if err != nil {
			return s, fmt.Errorf("prepare the mailbox of %s: %w", one.Address, err)
		}
		box, err := r.box()
		if err != nil {
			return s, err
		}
		if one.Sends() {
			box.Answers = &Sender{
				Send: r.out.Deliver, From: r.from(p.workspace), Out: r.outlet(), Schedule: s.Schedule, Limit: outgoing.Limit(one.Rate()),
				Acknowledge: one.Acknowledge, Paused: one.SendingRests(),
			}
		}
		s.Boxes = append(s.Boxes, box)
	}
	return s, nil
}

// source gives the tokens of an account, to all that ask at once: two that renew
// beside each other would each end what the other was given.
func (p *Postmaster) source(account string, client oauth.Client) (*oauth.Source, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if known := p.sources[account]; known != nil && reflect.DeepEqual(known.Client, client) {
		return known, nil
	}
	vault, err := p.vault()
	if err != nil {
		return nil, err
	}
	p.sources[account] = &oauth.Source{Client: client, Keeper: Grants(vault, account)}
	return p.sources[account], nil
}
