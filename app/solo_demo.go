package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"holdall/desk"
	"holdall/desk/demo"
	"holdall/mail/mailbox"
	"holdall/store"
)

// history is what the demo remembers from one start to the next.
type history struct {
	Began time.Time `json:"began"` // the company's present at the first start; zero: this is no demo
	Told  bool      `json:"told"`  // all of its past
	Mails int       `json:"mails"` // that have arrived since
}

const (
	metaDemo  = "demo"
	tellEvery = 100 // tickets between two words on how far it has come
)

// errCutShort is a demo that was closed before its past was told.
var errCutShort = errors.New("the demo was closed while its history was told")

func (h *soloHub) recall(ctx context.Context) (past history, err error) {
	err = h.central.View(ctx, func(tx *store.CentralTx) error {
		text, err := tx.Meta(metaDemo)
		if err != nil || text == "" {
			return err
		}
		return json.Unmarshal([]byte(text), &past)
	})
	return past, err
}

func (h *soloHub) remember(ctx context.Context, past history) error {
	text, err := json.Marshal(past)
	if err != nil {
		return err
	}
	return h.central.Update(ctx, func(tx *store.CentralTx) error { return tx.SetMeta(metaDemo, string(text)) })
}

// invented reports whether this is the demo.
func (h *soloHub) invented() bool {
	past, err := h.recall(h.ctx)
	return err == nil && !past.Began.IsZero()
}

// soloDemo tells the hub inside the past of the invented company while the
// window is open already, and then lets mails arrive.
type soloDemo struct {
	stop    context.CancelFunc
	telling sync.WaitGroup
	told    atomic.Int64 // tickets
	of      atomic.Int64 // tickets in all; 0: nothing is being told

	mu    sync.Mutex
	world *outside
}

// begin founds the company and goes on telling its past in the background. The
// numbers of its tickets are set aside first, for this device asks for its own
// meanwhile.
func (d *soloDemo) begin(ctx context.Context, h *soloHub, world *demo.World) error {
	past := history{Began: world.Now()}
	if err := h.remember(ctx, past); err != nil {
		return err
	}
	err := h.central.Update(ctx, func(tx *store.CentralTx) error {
		after := int64(h.app.stock.Tickets) + 1
		return errors.Join(tx.RaiseNumbers(desk.Incident, after), tx.RaiseNumbers(desk.Request, after))
	})
	if err != nil {
		return err
	}
	founded, failed := make(chan struct{}), make(chan error, 1)
	d.of.Store(int64(h.app.stock.Tickets))
	f := filling{world: world, send: h.server.Submit, founded: sync.OnceFunc(func() { close(founded) }), told: func(n int) {
		d.told.Store(int64(n))
		if n%tellEvery == 0 {
			h.app.signals.emit(TopicSession, "")
		}
	}}
	telling, stop := context.WithCancel(context.Background())
	d.stop = stop
	d.telling.Go(func() {
		err := f.run(telling)
		if err == nil {
			past.Told = true
			err = errors.Join(h.remember(telling, past), d.goOn(telling, h, past))
		}
		d.of.Store(0)
		h.app.signals.emit(TopicSession, "")
		if err != nil && telling.Err() == nil {
			h.app.log.Error("tell the history of the demo", "error", err)
		}
		failed <- err
	})
	select {
	case <-founded:
		return nil
	case err := <-failed:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// goOn lets mails arrive.
func (d *soloDemo) goOn(ctx context.Context, h *soloHub, past history) (err error) {
	if h.app.cfg.NoMail {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.world, err = openOutside(h, past); err != nil {
		return err
	}
	settings, err := d.world.mailroom(func(mailbox.Status) { h.app.signals.emit(TopicSession, "") })
	if err != nil {
		return err
	}
	return h.receive(ctx, settings)
}

// hush ends the telling.
func (d *soloDemo) hush() {
	if d.stop != nil {
		d.stop()
	}
	d.telling.Wait()
}

// close ends the world, if there is one.
func (d *soloDemo) close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.world == nil {
		return nil
	}
	return d.world.close()
}

// preparing says how far the telling has come; empty: it is not going on.
func (d *soloDemo) preparing() string {
	of := d.of.Load()
	if of == 0 {
		return ""
	}
	return fmt.Sprintf("The invented company is being told: %d of %d tickets.", d.told.Load(), of)
}

// Prepared waits until the open workspace is all there: the past of the invented
// company is told while its window is open.
func (a *App) Prepared() {
	if ws, err := a.workspace(); err == nil && ws.inside != nil {
		ws.inside.demo.telling.Wait()
	}
}
