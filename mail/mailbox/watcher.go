package mailbox

import (
	"context"
	"errors"
	"sync"
)

// Watcher is the Source that reads an IMAP mailbox.
type Watcher struct {
	cfg     Config
	board   board
	poke    chan struct{}
	deliver Deliver

	suspect  suspect
	progress bool // something was delivered since the last failure
}

// New checks cfg and makes a Watcher; it does not connect.
func New(cfg Config) (*Watcher, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	cfg = cfg.withDefaults()
	w := &Watcher{cfg: cfg, poke: make(chan struct{}, 1)}
	w.board.tell = cfg.OnStatus
	w.board.status = Status{Account: cfg.Account, Mailbox: cfg.Mailbox, State: StateStopped}
	return w, nil
}

// Status tells how it goes.
func (w *Watcher) Status() Status { return w.board.get() }

// Poke asks for a poll now, also in the middle of a pause after an error.
func (w *Watcher) Poke() {
	select {
	case w.poke <- struct{}{}:
	default:
	}
}

// Run watches until ctx ends, whose error it returns, or until the server
// refuses the sign-in: then an *Error of ClassAuth, because repeating a wrong
// password locks the account. Everything else is tried again after a pause.
// A Watcher runs once at a time.
func (w *Watcher) Run(ctx context.Context, from Position, deliver Deliver) error {
	w.deliver = deliver
	ctx, cancel := context.WithCancel(ctx)
	var idling sync.WaitGroup
	defer idling.Wait()
	defer cancel()
	start := sync.OnceFunc(func() { idling.Go(func() { w.wakeUp(ctx) }) })

	for attempt := 0; ; attempt++ {
		w.progress, w.suspect.again = false, false
		err := w.watch(ctx, &from, start)
		if ctx.Err() != nil {
			w.board.stopped(nil)
			return ctx.Err()
		}
		failure := classed(w.cfg.Account, err)
		if !failure.Transient() {
			w.board.stopped(failure)
			return failure
		}
		if w.progress || w.suspect.again {
			attempt = 0
		}
		pause := w.cfg.Backoff.pause(attempt)
		w.board.failed(failure, pause)
		sleep(ctx, pause, w.poke)
	}
}

// watch polls over one connection for as long as it lasts.
func (w *Watcher) watch(ctx context.Context, pos *Position, signedIn func()) error {
	w.board.change(func(s *Status) { s.State = StateConnecting })
	s, err := open(ctx, &w.cfg, nil)
	if err != nil {
		return err
	}
	defer s.close()
	signedIn()
	for {
		if err := w.poll(ctx, s, pos); err != nil {
			return err
		}
		w.progress = true
		sleep(ctx, w.cfg.Poll, w.poke)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !s.alive() {
			return errors.New("the server closed the connection")
		}
	}
}
