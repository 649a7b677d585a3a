package mailroom

import (
	"context"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"holdall/mail/outgoing"
	"holdall/store"
	"holdall/sync/hub"
)

// TestTheLaptopsLearnTheDesksOwnAddresses, and what stands in the workspace
// besides stays.
func TestTheLaptopsLearnTheDesksOwnAddresses(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	central, err := store.OpenCentral(ctx, filepath.Join(t.TempDir(), "hub.db"))
	must(t, err)
	server, err := hub.NewServer(ctx, central, slog.New(slog.DiscardHandler))
	must(t, err)
	var running sync.WaitGroup
	running.Go(func() { server.Run(ctx) })
	t.Cleanup(func() {
		cancel()
		running.Wait()
		must(t, central.Close())
	})
	workspace, err := server.Found(ctx, "Nordlicht Werke", time.Now())
	must(t, err)
	open := func(s Settings) []string {
		t.Helper()
		_, err := New(ctx, server, workspace, s, slog.New(slog.DiscardHandler))
		must(t, err)
		w, err := server.Found(ctx, "", time.Now())
		must(t, err)
		if w.Name != "Nordlicht Werke" || w.ID != workspace.ID {
			t.Errorf("the workspace became %+v", w)
		}
		return w.Addresses
	}
	s := Settings{From: outgoing.Address{Email: "Service@nordlicht-werke.example"}, Boxes: []Box{{Account: "it@nordlicht-werke.example"}, {Account: "folder"}, {Account: "mira@imap.example:993"}, {Account: "service@nordlicht-werke.example@imap.example:993"}}}
	want := []string{"it@nordlicht-werke.example", "service@nordlicht-werke.example"}
	if own := open(s); !slices.Equal(own, want) {
		t.Errorf("own addresses %v", own)
	}
	if own := open(Settings{}); !slices.Equal(own, want) {
		t.Errorf("without a mailbox it forgot them: %v", own)
	}
}
