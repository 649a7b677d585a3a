package hub_test

import (
	"context"
	"testing"
	"time"

	"holdall/sync/hub"
	"holdall/sync/hub/stand"
	"holdall/sync/protocol"
)

// TestASilentDatabaseMakesNoSilentHub: to one of two nodes the database does not
// answer any more, and nothing tells it so. Its devices are told within the minute
// after which they would hang up (SPEC P15), and the other node takes over its work
// within half of one (SPEC P54, P55).
func TestASilentDatabaseMakesNoSilentHub(t *testing.T) {
	mute, muted, direct := stand.Muted(t)
	here, there := buildOn(t, muted).run(), buildOn(t, direct).run()
	begun := make(chan time.Time, 2)
	work := func(h *house) {
		ctx, stop := context.WithCancel(t.Context())
		over := make(chan struct{})
		go func() {
			defer close(over)
			err := h.Server.Alone(ctx, "work", func(ctx context.Context, _ *hub.Duty) error {
				begun <- time.Now()
				<-ctx.Done()
				return nil
			})
			if err != nil && h == there {
				t.Error(err)
			}
		}()
		t.Cleanup(func() { stop(); <-over })
	}
	work(here)
	<-begun
	device, _, err := hub.Enrol(t.Context(), here.Central, here.Mira.ID, "laptop")
	must(t, err)
	near, far := protocol.Pipe()
	go here.Server.Serve(t.Context(), far, device)
	must(t, near.Send(t.Context(), protocol.Hello{Protocol: protocol.Version}))
	if m, err := near.Receive(t.Context()); err != nil || m.Type() != "WELCOME" {
		t.Fatalf("%v, %v", m, err)
	}
	mute.Silence()
	silent := time.Now()
	work(there)
	told, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		m, err := near.Receive(told)
		if err != nil {
			t.Fatalf("the device was told nothing: %v", err)
		}
		if bye, over := m.(protocol.Bye); over {
			t.Logf("told after %.1f s: %s %s", time.Since(silent).Seconds(), bye.Code, bye.Message)
			break
		}
	}
	if after := (<-begun).Sub(silent); after > 30*time.Second {
		t.Errorf("the work was taken over after %s", after)
	} else {
		t.Logf("the work was taken over after %.1f s", after.Seconds())
	}
	mute.Speak()
	here.Open("t1", "first")
}
