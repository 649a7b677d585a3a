package app

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"holdall/desk/demo"
	"holdall/store"
	"holdall/sync/protocol"
	"holdall/sync/replica"
)

// Config is what an App is made of. Only Dir must be set.
type Config struct {
	Dir     string // profile folder; made with 0700 where there is none
	Version string
	Log     *slog.Logger // nil: nothing is logged
	Demo    bool         // a first start opens the invented company by itself
	NoMail  bool         // nobody writes to the invented company

	TLS   *tls.Config // roots of a hub's certificate; nil: the system's
	Dial  func(store.Identity) protocol.Dialer
	Enrol func(context.Context, replica.SignIn) (store.Identity, error)
	// Pictures judges the addresses that a solo workspace fetches the remote
	// pictures of a mail from; nil: the public internet alone.
	Pictures func(netip.Addr) bool

	Hold time.Duration // in which what was sent can be taken back; 0: 10 s, less than 0: it leaves at once

	FileQuota int64 // bytes the files of a workspace may take on this device; 0: replica.FilesMost
}

// App owns the opened workspace and tells the page what changed in it.
type App struct {
	cfg     Config
	log     *slog.Logger
	signals *signals
	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup
	stock   demo.Size // of the invented company
	asking  asking

	changing sync.Mutex // held while a workspace is opened or closed
	mu       sync.RWMutex
	open     *workspace
	aside    string                            // a sentence about what was set aside in this run
	ask      func(name string) (string, error) // where to save a file; nil without a window
}

// New makes an App without a workspace; Open opens the one of the last session.
func New(cfg Config) *App {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	a := &App{cfg: cfg, log: cfg.Log, signals: newSignals(), stock: demo.Stock()}
	if a.cfg.Dial == nil {
		a.cfg.Dial = a.dialHub
	}
	if a.cfg.Enrol == nil {
		a.cfg.Enrol = replica.Enroller{TLS: cfg.TLS}.Enrol
	}
	a.ctx, a.cancel = context.WithCancel(context.Background())
	a.running.Go(func() { a.signals.run(a.ctx) })
	return a
}

// Facades lists what the page may call.
func (a *App) Facades() []any {
	return []any{
		&Session{a}, &Directory{a}, &Queue{a}, &Ticket{a}, &Compose{a}, &Search{a}, &Sync{a}, &Tray{a}, &Files{a}, &Templates{a}, &Archive{a}, &Mailboxes{a},
	}
}

// The kinds of workspace a profile remembers as its open one.
const (
	kindHub  = "hub"  // of a hub this device is enrolled at
	kindSolo = "solo" // with the hub inside
)

// Open opens the workspace of the last session, if there is one.
func (a *App) Open(ctx context.Context) error {
	a.changing.Lock()
	defer a.changing.Unlock()
	if err := store.MakeFolder(a.cfg.Dir); err != nil {
		return fmt.Errorf("make the profile folder: %w", err)
	}
	if err := a.finishMove(ctx); err != nil {
		return err
	}
	kind, err := os.ReadFile(a.openMark())
	if errors.Is(err, os.ErrNotExist) {
		if a.cfg.Demo {
			return a.startSolo(ctx, SoloRequest{Demo: true})
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("read which workspace is open: %w", err)
	}
	switch strings.TrimSpace(string(kind)) {
	case kindSolo:
		return a.startSolo(ctx, SoloRequest{})
	case kindHub:
		return a.resume(ctx)
	}
	return nil
}

// Close ends everything that runs; what was saved stays saved.
func (a *App) Close() error {
	a.cancel() // also a sign-in that waits for a hub, which the lock would wait for
	a.changing.Lock()
	defer a.changing.Unlock()
	a.asking.end()
	a.running.Wait()
	return a.leave()
}

func (a *App) openMark() string { return filepath.Join(a.cfg.Dir, "workspace") }

func (a *App) folder(kind string) string { return filepath.Join(a.cfg.Dir, kind) }

// enter makes a workspace the open one and remembers it.
func (a *App) enter(ws *workspace, kind string) error {
	if err := store.WriteFile(a.openMark(), []byte(kind+"\n")); err != nil {
		return errors.Join(fmt.Errorf("remember the workspace: %w", err), ws.close())
	}
	a.mu.Lock()
	a.open = ws
	a.mu.Unlock()
	a.moved(replica.Changed{})
	a.signals.emit(TopicSession, "")
	return nil
}

// leave closes the open workspace, if there is one.
func (a *App) leave() error {
	a.mu.Lock()
	ws := a.open
	a.open = nil
	a.mu.Unlock()
	if ws == nil {
		return nil
	}
	return ws.close()
}

// workspace is the open workspace.
func (a *App) workspace() (*workspace, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.open == nil {
		return nil, errClosed
	}
	return a.open, nil
}

// place asks where to save a file; nil where there is no window to ask in.
func (a *App) place() func(name string) (string, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.ask
}

// moved tells the page that the view moved. Names of people and teams stand on
// every ticket, so with the directory everything moves.
func (a *App) moved(c replica.Changed) {
	if c.Mail || c.Directory || slices.Contains(c.Tickets, "") || len(c.Tickets) == 0 {
		a.signals.emit(TopicMailbox, "")
	}
	if c.Directory || len(c.Tickets) == 0 && !c.Mail {
		a.signals.emit(TopicDirectory, "")
		a.signals.emit(TopicTicket, "")
	}
	for _, t := range c.Tickets {
		a.signals.emit(TopicTicket, string(t))
	}
	a.signals.emit(TopicQueue, "")
	a.signals.emit(TopicTray, "")
	a.signals.emit(TopicSync, "")
}

// now is the present by this device's clock; it orders nothing (SPEC R12).
func (a *App) now() time.Time { return time.Now() }
