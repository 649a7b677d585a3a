package app

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"sync"
	"testing"

	"holdall/store"
	"holdall/sync/hub"
)

// house is a hub at work, with the doors that laptops knock at.
type house struct {
	central   *store.Central
	server    *hub.Server
	passwords *hub.Accounts
	url       string
}

// openHouse lets a hub work on a database until the end of the test.
func openHouse(t *testing.T, dsn string) *house {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	h := &house{central: got(store.OpenCentral(ctx, dsn)).or(t)}
	h.server = got(hub.NewServer(ctx, h.central, slog.New(slog.DiscardHandler))).or(t)
	h.passwords = hub.NewAccounts(h.central)
	var running sync.WaitGroup
	running.Go(func() { h.server.Run(ctx) })
	web := httptest.NewServer(hub.NewWeb(h.server, h.passwords, slog.New(slog.DiscardHandler), nil))
	h.url = web.URL
	t.Cleanup(func() {
		cancel()
		running.Wait()
		web.CloseClientConnections()
		web.Close()
		must(t, h.central.Close())
	})
	return h
}
