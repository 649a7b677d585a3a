package app

import (
	"bytes"
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"holdall/store"
)

// journal is a log that a test can read.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// page is a window without a screen: the facades, and what was signalled.
type page struct {
	*App
	t         *testing.T
	log       *journal
	moved     chan Signal
	session   *Session
	directory *Directory
	queue     *Queue
	ticket    *Ticket
	compose   *Compose
	search    *Search
	sync      *Sync
	tray      *Tray
	files     *Files
	templates *Templates
	mailboxes *Mailboxes
}

// newPage opens a page on a profile folder.
func newPage(t *testing.T, cfg Config) *page {
	t.Helper()
	p := &page{t: t, log: &journal{}, moved: make(chan Signal, 4096)}
	cfg.Log = slog.New(slog.NewTextHandler(p.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	if cfg.Hold == 0 {
		cfg.Hold = -1 // a test of something else waits for nothing
	}
	if cfg.Dir == "" {
		cfg.Dir = t.TempDir()
	}
	p.App = New(cfg)
	p.session, p.directory, p.queue, p.ticket = &Session{p.App}, &Directory{p.App}, &Queue{p.App}, &Ticket{p.App}
	p.compose, p.search, p.sync, p.tray = &Compose{p.App}, &Search{p.App}, &Sync{p.App}, &Tray{p.App}
	p.files, p.templates, p.mailboxes = &Files{p.App}, &Templates{p.App}, &Mailboxes{p.App}
	p.signals.listen(func(s Signal) { p.moved <- s })
	t.Cleanup(func() { must(t, p.App.Close()) })
	must(t, p.Open(context.Background()))
	return p
}

// soloPage is a desk of one.
func soloPage(t *testing.T) *page {
	t.Helper()
	p := newPage(t, Config{Version: "test"})
	got(p.session.StartSolo(SoloRequest{Workspace: "Nordlicht Werke", Name: "Mira Sommer", Email: "mira@example.com"})).or(t)
	return p.settled()
}

// patience is how long a test waits for what must come; it measures nothing.
const patience = 30 * time.Second

// until waits for signals until something holds.
func (p *page) until(what string, holds func() bool) {
	p.t.Helper()
	over := time.NewTimer(patience)
	defer over.Stop()
	for !holds() {
		select {
		case <-p.moved:
		case <-over.C:
			p.t.Fatalf("waited in vain until %s", what)
		}
	}
}

// settled waits until this device and its hub agree.
func (p *page) settled() *page {
	p.t.Helper()
	p.until("everything is sent and seen", func() bool {
		ws, err := p.workspace()
		must(p.t, err)
		pending, err := ws.store.Pending(ws.ctx)
		must(p.t, err)
		left, err := ws.store.LeaseLeft(ws.ctx, "incident")
		must(p.t, err)
		return len(pending) == 0 && left > 0 && p.sync.Status().CompleteUpTo != ""
	})
	return p
}

// open reads a ticket.
func (p *page) open(id string) TicketView {
	p.t.Helper()
	return got(p.ticket.Open(id)).or(p.t)
}

// answer is a result with its error.
type answer[T any] struct {
	value T
	err   error
}

func got[T any](value T, err error) answer[T] { return answer[T]{value, err} }

// or fails the test on an error.
func (a answer[T]) or(t *testing.T) T {
	t.Helper()
	must(t, a.err)
	return a.value
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// records counts what the outbox holds for a ticket.
func (p *page) outbox() []store.OutboxEntry {
	p.t.Helper()
	ws, err := p.workspace()
	must(p.t, err)
	list, err := ws.store.Pending(ws.ctx)
	must(p.t, err)
	return list
}
