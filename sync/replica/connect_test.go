package replica

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"holdall/store"
)

// TestADeviceIsBackWithinAMinute: however long the hub was away, a device tries
// again so soon that a minute after the healing it is in step (SPEC P14).
func TestADeviceIsBackWithinAMinute(t *testing.T) {
	ctx := context.Background()
	replicas, err := store.OpenReplica(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer replicas.Close()
	e, now := New(replicas, rand.New(rand.NewPCG(1, 1)), "test"), time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	var longest time.Duration
	for range 300 {
		if _, err := e.Step(ctx, now, Ticked{}); err != nil {
			t.Fatal(err)
		}
		if _, err := e.Step(ctx, now, Lost{Reason: "no way"}); err != nil {
			t.Fatal(err)
		}
		next := e.Status().NextTry
		longest, now = max(longest, next.Sub(now)), next
	}
	if longest < 30*time.Second || longest > 46*time.Second {
		t.Errorf("the longest wait between two tries was %s", longest)
	}
}
