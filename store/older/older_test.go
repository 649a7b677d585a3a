//go:build cgo

package older

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
)

func file(t *testing.T, version, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("..", "testdata", version, name))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// TestAnOutboxIsLoweredWithAllItHolds, and comes up again with it.
func TestAnOutboxIsLoweredWithAllItHolds(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	open := func() *store.Replica {
		t.Helper()
		r, err := store.OpenReplica(ctx, dir)
		if err != nil || r.Repaired() != "" {
			t.Fatal(err, r.Repaired())
		}
		return r
	}
	r := open()
	if err := r.SetIdentity(ctx, store.Identity{Device: "d7", Person: "ana"}); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		m, err := desk.NewMutation(desk.TicketLabel, "t", desk.LabelTicket{AddLabels: []string{"a"}}, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Append(ctx, []desk.Mutation{m}); err != nil {
			t.Fatal(err)
		}
	}
	for _, version := range []string{"version-10", "version-1"} {
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		like := file(t, version, "outbox.db")
		if err := Lower(filepath.Join(dir, "outbox.db"), like); err != nil {
			t.Fatal(err)
		}
		if err := Lower(filepath.Join(dir, "outbox.db"), like); err == nil || !strings.Contains(err.Error(), "not older") {
			t.Errorf("%s: it was not lowered: %v", version, err)
		}
		r = open()
		list, err := r.Pending(ctx)
		if who, _ := r.Identity(ctx); err != nil || len(list) != 3 || who.Device != "d7" {
			t.Errorf("%s: %d pending of %s, %v", version, len(list), who.Device, err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestAnotherLayoutIsRefused: a step that did more than add cannot be undone by
// taking away.
func TestAnotherLayoutIsRefused(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	r, err := store.OpenReplica(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Lower(filepath.Join(dir, "replica.db"), file(t, "version-3", "replica.db")); err == nil || !strings.Contains(err.Error(), "has another ticket") {
		t.Errorf("%v", err)
	}
	if r, err = store.OpenReplica(ctx, dir); err != nil || r.Repaired() != "" {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestAFileIsUnpackedAsItWas.
func TestAFileIsUnpackedAsItWas(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	for _, name := range []string{"outbox.db", "replica.db"} {
		if err := Unpack(file(t, "version-1", name), filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	r, err := store.OpenReplica(ctx, dir)
	if err != nil || r.Repaired() != "" {
		t.Fatal(err)
	}
	defer r.Close()
	if list, err := r.Pending(ctx); err != nil || len(list) != 1 {
		t.Errorf("%d pending, %v", len(list), err)
	}
}
