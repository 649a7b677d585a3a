package hub_test

import (
	"context"
	"sync/atomic"
	"testing"

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
