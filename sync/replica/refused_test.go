package replica

import (
	"context"
	"errors"
	"log/slog"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// moody is a hub that ends every conversation, each at the next of its steps, until
// it has done so often enough.
type moody struct {
	conversations atomic.Int64
	enough        int64
}

var errMoody = errors.New("the hub is moody")

func (h *moody) dial(ctx context.Context) (protocol.Conn, error) {
	n := h.conversations.Add(1)
	step := n % 6
	if n > h.enough {
		step = -1
	}
	switch step {
	case 0:
		return nil, errMoody
	case 1:
		return nil, protocol.ErrUnauthorized
	}
	near, far := protocol.Pipe()
	go h.converse(ctx, far, step)
	return near, nil
}

func (h *moody) converse(ctx context.Context, far protocol.Conn, step int64) {
	defer far.Close()
	if step == 2 {
		return
	}
	if _, err := far.Receive(ctx); err != nil {
		return
	}
	if step == 3 {
		far.Send(ctx, protocol.Bye{Code: protocol.ByeBusy, Message: "Not now.", RetryAfter: 3600})
		far.Receive(ctx) // until the device hangs up
		return
	}
	far.Send(ctx, protocol.Welcome{Protocol: protocol.Version, Person: "ana", Epoch: "e", Buckets: map[desk.BucketID]protocol.Cursor{desk.BucketOrg: {Epoch: 1}}})
	if step == 4 {
		return
	}
	far.Send(ctx, protocol.Rows{N: 1, Bucket: desk.BucketOrg, Epoch: 1, To: 1})
	for step < 0 {
		if _, err := far.Receive(ctx); err != nil {
			return
		}
	}
}

// TestAThousandRefusalsLeaveNothing, at whatever step the hub ends the conversation:
// no goroutine of them is left, and the hub that is well again is met at once.
func TestAThousandRefusalsLeaveNothing(t *testing.T) {
	replicas, err := store.OpenReplica(t.Context(), t.TempDir())
	must(t, err)
	defer replicas.Close()
	must(t, replicas.SetIdentity(t.Context(), store.Identity{Device: "laptop", Person: "ana", Token: "t"}))
	h := &moody{enough: 1000}
	before := runtime.NumGoroutine()
	c := NewClient(replicas, h.dial, "test", slog.New(slog.DiscardHandler), func(Changed) {})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- c.Run(ctx) }()
	over := time.Now().Add(time.Minute)
	for !c.Status().Online || h.conversations.Load() <= h.enough {
		if !c.Status().NextTry.IsZero() {
			c.Wake()
		}
		if runtime.Gosched(); time.Now().After(over) {
			t.Fatalf("after %d conversations: %+v", h.conversations.Load(), c.Status())
		}
	}
	cancel()
	must(t, <-ended)
	for runtime.NumGoroutine() > before {
		if runtime.Gosched(); time.Now().After(over) {
			t.Fatalf("%d goroutines became %d", before, runtime.NumGoroutine())
		}
	}
}
