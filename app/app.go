package app

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"holdall/desk"
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

	TLS   *tls.Config // roots of a hub's certificate; nil: the system's
	Dial  func(store.Identity) protocol.Dialer
	Enrol func(ctx context.Context, server, email, password, device string) (store.Identity, error)
	Blobs Blobs // bytes of a signed-in workspace's attachments; nil: fetched from the hub and kept
}

// Blobs reads the bytes of an attachment by their SHA-256 in hex; desk.ErrUnknown
// while they are not here.
type Blobs func(ctx context.Context, sha256 string) ([]byte, error)

// App owns the opened workspace and tells the page what changed in it.
type App struct {
	cfg     Config
	log     *slog.Logger
	signals *signals
	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup

	changing sync.Mutex // held while a workspace is opened or closed
	mu       sync.RWMutex
	open     *workspace
}

// New makes an App without a workspace; Open opens the one of the last session.
func New(cfg Config) *App {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	a := &App{cfg: cfg, log: cfg.Log, signals: newSignals()}
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
		&Session{a}, &Directory{a}, &Queue{a}, &Ticket{a}, &Compose{a}, &Search{a}, &Sync{a}, &Tray{a},
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
	if err := os.MkdirAll(a.cfg.Dir, 0o700); err != nil {
		return fmt.Errorf("make the profile folder: %w", err)
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
	a.changing.Lock()
	defer a.changing.Unlock()
	a.cancel()
	a.running.Wait()
	return a.leave()
}

func (a *App) openMark() string { return filepath.Join(a.cfg.Dir, "workspace") }

func (a *App) folder(kind string) string { return filepath.Join(a.cfg.Dir, kind) }

// enter makes a workspace the open one and remembers it.
func (a *App) enter(ws *workspace, kind string) error {
	if err := os.WriteFile(a.openMark(), []byte(kind+"\n"), 0o600); err != nil {
		return errors.Join(fmt.Errorf("remember the workspace: %w", err), ws.close())
	}
	a.mu.Lock()
	a.open = ws
	a.mu.Unlock()
	a.moved(nil)
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

// moved tells the page that the view moved: these tickets, or more than is worth
// naming.
func (a *App) moved(tickets []desk.TicketID) {
	if len(tickets) == 0 {
		a.signals.emit(TopicTicket, "")
	}
	for _, t := range tickets {
		a.signals.emit(TopicTicket, string(t))
	}
	a.signals.emit(TopicQueue, "")
	a.signals.emit(TopicTray, "")
	a.signals.emit(TopicSync, "")
}

// now is the present by this device's clock; it orders nothing (SPEC R12).
func (a *App) now() time.Time { return time.Now() }
