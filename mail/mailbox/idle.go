package mailbox

import (
	"context"
	"fmt"
	"time"

	"github.com/emersion/go-imap/v2"
)

// wakeUp keeps a second connection in IDLE and pokes the poll when something
// arrives. It is a convenience: whatever goes wrong here is tried again, and
// the poll does not depend on it.
func (w *Watcher) wakeUp(ctx context.Context) {
	for attempt := 0; ctx.Err() == nil; attempt++ {
		served, err := w.idle(ctx)
		w.board.change(func(s *Status) { s.Idling = false })
		if err == nil {
			return // the server has no IDLE
		}
		if served {
			attempt = 0
		}
		sleep(ctx, w.cfg.Backoff.pause(attempt), nil)
	}
}

// idle reports whether it came as far as waiting; it returns nil only if there
// is nothing to wait with.
func (w *Watcher) idle(ctx context.Context) (served bool, err error) {
	s, err := open(ctx, &w.cfg, w.Poke)
	if err != nil {
		return false, err
	}
	defer s.close()
	if !s.caps.Has(imap.CapIdle) && !s.caps.Has(imap.CapIMAP4rev2) {
		return false, nil
	}
	if _, err := s.selectBox(ctx, true); err != nil {
		return false, err
	}
	for {
		if err := w.idleOnce(ctx, s); err != nil {
			return served, err
		}
		served = true
	}
}

func (w *Watcher) idleOnce(ctx context.Context, s *session) error {
	var stop func() error
	var wait func() error
	err := s.wait(ctx, func() error {
		cmd, err := s.client.Idle()
		if err == nil {
			stop, wait = cmd.Close, cmd.Wait
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("start idle: %w", err)
	}
	// What came between SELECT and IDLE is told to nobody.
	w.Poke()
	w.board.change(func(s *Status) { s.Idling = true })
	sleep(ctx, w.cfg.IdleFor, s.client.Closed())
	return s.wait(ctx, func() error {
		if err := stop(); err != nil {
			return err
		}
		return wait()
	})
}

// sleep ends after d, with ctx, or with early.
func sleep(ctx context.Context, d time.Duration, early <-chan struct{}) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	case <-early:
	}
}
