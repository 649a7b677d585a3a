package hub_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// listener is a connection that notes when a BYE was carried.
type listener struct {
	protocol.Conn
	told atomic.Bool
}

func (l *listener) Send(ctx context.Context, messages ...protocol.Message) error {
	err := l.Conn.Send(ctx, messages...)
	for _, m := range messages {
		if bye, ok := m.(protocol.Bye); ok && bye.Code == protocol.ByeStopping {
			l.told.Store(true)
		}
	}
	return err
}

// SPEC P14: who stops a hub finds every connection told when it has stopped.
func TestAHubStopsWhenEverybodyIsTold(t *testing.T) {
	h := build(t).run()
	device, _, err := hub.Enrol(t.Context(), h.Central, h.Mira.ID, "laptop")
	must(t, err)
	near, far := protocol.Pipe()
	carried := &listener{Conn: far}
	go h.Server.Serve(context.Background(), carried, device)
	must(t, near.Send(t.Context(), protocol.Hello{Protocol: protocol.Version, Schema: protocol.Schema, NextMid: 1}))
	until[protocol.Checkpoint](t, near)
	h.Stop()
	if !carried.told.Load() {
		t.Error("the hub has stopped and said nothing")
	}
}

// A connection that takes nothing keeps no hub from stopping.
func TestAStuckConnectionKeepsNoHubFromStopping(t *testing.T) {
	h := build(t).run()
	device, _, err := hub.Enrol(t.Context(), h.Central, h.Mira.ID, "laptop")
	must(t, err)
	near, far := protocol.Pipe()
	go h.Server.Serve(context.Background(), far, device)
	must(t, near.Send(t.Context(), protocol.Hello{Protocol: protocol.Version, Schema: protocol.Schema, NextMid: 1}))
	until[protocol.Welcome](t, near)
	for range 64 {
		must(t, near.Send(t.Context(), protocol.Ping{}))
	}
	h.Stop()
}

// TestADeviceFillsNoWayToTheEngine: while a commit takes its time, one device sends
// whatever it likes. Little of that waits at the hub, so that others are heard, and
// none of it is lost.
func TestADeviceFillsNoWayToTheEngine(t *testing.T) {
	h := build(t).run()
	device, _, err := hub.Enrol(t.Context(), h.Central, h.Mira.ID, "laptop")
	must(t, err)
	near, far := protocol.Pipe()
	go h.Server.Serve(context.Background(), far, device)
	must(t, near.Send(t.Context(), protocol.Hello{Protocol: protocol.Version, Schema: protocol.Schema, NextMid: 1}))
	until[protocol.Checkpoint](t, near)
	under, goOn := make(chan struct{}), make(chan struct{})
	done := make(chan error, 1)
	go func() {
		done <- h.Server.Do(t.Context(), func(*store.CentralTx) error {
			close(under)
			<-goOn
			return nil
		}, hub.Act{Name: desk.TeamPut, Args: desk.Team{ID: "third", Name: "Third line", Tier: 3}, At: day})
	}()
	<-under
	const pings = 100 // more than the way holds
	sent := make(chan error, 1)
	go func() {
		var err error
		for range pings {
			err = errors.Join(err, near.Send(t.Context(), protocol.Ping{}))
		}
		sent <- err
	}()
	h.Until("some of them wait for the engine", func() bool { return h.Server.Queued() > 0 })
	select {
	case err := <-sent:
		t.Errorf("all is read while nothing is done, and %d wait for the engine", h.Server.Queued())
		sent <- err
	case <-time.After(50 * time.Millisecond):
	}
	close(goOn)
	must(t, <-done)
	for range pings {
		until[protocol.Pong](t, near)
	}
	must(t, <-sent)
}
