package replica

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"holdall/store"
	"holdall/sync/protocol"
)

// SPEC P32: a late tick, clocks that part and other addresses mean a new
// connection; work that takes long, and no network at all, do not.
func TestVigilNoticesASleepAndAnotherNetwork(t *testing.T) {
	start, network := time.Now(), "10.0.0.7/24"
	v := &vigil{network: func() string { return network }}
	at := func(s int) time.Time { return start.Add(time.Duration(s) * time.Second) }
	for _, c := range []struct {
		title   string
		second  int
		network string
		worked  bool // until just before
		want    bool
	}{
		{"the first look", 0, "10.0.0.7/24", false, false},
		{"a second later", 1, "10.0.0.7/24", false, false},
		{"a tick that comes late", 40, "10.0.0.7/24", false, true},
		{"after long work", 90, "10.0.0.7/24", true, false},
		{"no network", 91, "", false, false},
		{"the same one again", 92, "10.0.0.7/24", false, false},
		{"another one", 93, "192.168.1.4/24", false, true},
		{"which stays", 94, "192.168.1.4/24", false, false},
	} {
		network = c.network
		if c.worked {
			v.worked(at(c.second))
		}
		if got := v.changed(at(c.second)); got != c.want {
			t.Errorf("%s: %v", c.title, got)
		}
	}
	for parted, want := range map[time.Duration]bool{0: false, 2 * time.Second: false, time.Hour: true, -time.Hour: true} {
		if slept(time.Second, parted) != want {
			t.Errorf("clocks that part by %s: %v", parted, !want)
		}
	}
}

// silent is a hub that takes connections and never says a word.
type silent struct{ dials chan protocol.Conn }

func (s silent) dial(context.Context) (protocol.Conn, error) {
	near, far := protocol.Pipe()
	s.dials <- far
	return near, nil
}

// hello waits for a connection and its first message.
func (s silent) hello(t *testing.T) protocol.Conn {
	t.Helper()
	far := <-s.dials
	m, err := far.Receive(t.Context())
	if _, ok := m.(protocol.Hello); !ok {
		t.Fatalf("%v, %v", m, err)
	}
	return far
}

func fresh(t *testing.T) *store.Replica {
	t.Helper()
	replica, err := store.OpenReplica(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { replica.Close() })
	return replica
}

func TestAClientInAnotherNetworkConnectsAtOnce(t *testing.T) {
	store := fresh(t)
	synctest.Test(t, func(t *testing.T) {
		hub := silent{make(chan protocol.Conn)}
		client := NewClient(store, hub.dial, "test", slog.New(slog.DiscardHandler), func(Changed) {})
		var network atomic.Value
		network.Store("10.0.0.7/24")
		client.vigil.network = func() string { return network.Load().(string) }
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- client.Run(ctx) }()
		first := hub.hello(t)
		begun := time.Now()
		network.Store("192.168.1.4/24")
		hub.hello(t)
		if waited := time.Since(begun); waited > 2*time.Second {
			t.Errorf("the new connection came after %s", waited)
		}
		if _, err := first.Receive(t.Context()); !errors.Is(err, protocol.ErrClosed) {
			t.Errorf("the old connection: %v", err)
		}
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// conversation is an engine that has been welcomed.
type conversation struct {
	*testing.T
	engine *Engine
	now    time.Time
}

func welcomed(t *testing.T, w protocol.Welcome) *conversation {
	t.Helper()
	c := &conversation{t, New(fresh(t), rand.New(rand.NewPCG(1, 2)), "test"), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	c.step(Woken{})
	c.step(Connected{})
	w.Protocol, w.Epoch = protocol.Version, "e"
	c.step(Received{w})
	if !c.engine.Status().Online {
		t.Fatal("not welcomed")
	}
	return c
}

func (c *conversation) step(ev Event) []Effect {
	c.Helper()
	effects, err := c.engine.Step(c.Context(), c.now, ev)
	if err != nil {
		c.Fatal(err)
	}
	return effects
}

// last lets time go by with signs of life and reports whether the engine hung up.
func (c *conversation) last(d time.Duration) bool {
	c.Helper()
	for end := c.now.Add(d); c.now.Before(end); {
		c.now = c.now.Add(time.Second)
		c.step(Received{protocol.Pong{}})
		c.step(Ticked{})
		if !c.engine.Status().Online {
			return true
		}
	}
	return false
}

// SPEC P32: a hub that gives signs of life but sends nothing is given up.
func TestWatchdogHangsUpOnAHubThatSendsNothing(t *testing.T) {
	checkpoint := func(c *conversation) { c.step(Received{protocol.Checkpoint{Time: c.now}}) }
	for _, c := range []struct {
		title   string
		welcome protocol.Welcome
		filled  bool // a checkpoint has come
		lasts   time.Duration
		ends    time.Duration
	}{
		{"no rows after WELCOME", protocol.Welcome{}, false, 30 * time.Second, 3 * time.Second},
		{"others are before it", protocol.Welcome{Wait: 100}, false, 130 * time.Second, 3 * time.Second},
		{"no more checkpoints", protocol.Welcome{}, true, 60 * time.Second, 3 * time.Second},
	} {
		t.Run(c.title, func(t *testing.T) {
			talk := welcomed(t, c.welcome)
			if c.filled {
				checkpoint(talk)
			}
			if talk.last(c.lasts) {
				t.Fatalf("hung up too early: %s", talk.engine.Status().Problem)
			}
			if !talk.last(c.ends) || talk.engine.Status().Stalls != 1 {
				t.Errorf("%+v", talk.engine.Status())
			}
		})
	}
	t.Run("too old to be sent anything", func(t *testing.T) {
		if talk := welcomed(t, protocol.Welcome{PushOnly: true}); talk.last(10 * time.Minute) {
			t.Error(talk.engine.Status().Problem)
		}
	})
}

// SPEC P15: whoever only listens still says PING, or the hub gives him up.
func TestAListenerSaysPing(t *testing.T) {
	talk := welcomed(t, protocol.Welcome{})
	pings := 0
	for range 90 {
		talk.now = talk.now.Add(time.Second)
		talk.step(Received{protocol.Checkpoint{Time: talk.now}})
		for _, effect := range talk.step(Ticked{}) {
			if send, ok := effect.(Send); ok && send.Message.Type() == "PING" {
				pings++
			}
		}
	}
	if pings != 4 {
		t.Errorf("%d pings in 90 seconds", pings)
	}
}

// SPEC P14: retry_after is the least, and its jitter as wide.
func TestRetryAfterIsTakenSeriously(t *testing.T) {
	least, most := time.Hour, time.Duration(0)
	talk := welcomed(t, protocol.Welcome{})
	for range 200 {
		talk.engine.phase, talk.engine.tries = live, 0
		talk.step(Received{protocol.Bye{Code: protocol.ByeBusy, RetryAfter: 20}})
		wait := talk.engine.Status().NextTry.Sub(talk.now)
		least, most = min(least, wait), max(most, wait)
	}
	if least < 20*time.Second || most > 41*time.Second || most-least < 10*time.Second {
		t.Errorf("between %s and %s", least, most)
	}
}
