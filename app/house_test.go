package app

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"sync/atomic"
	"testing"

	"holdall/store"
	"holdall/sync/hub"
)

// house is a hub at work, with the doors that laptops knock at.
type house struct {
	*testing.T
	dsn       string
	central   *store.Central
	server    *hub.Server
	passwords *hub.Accounts
	url       string

	doors atomic.Pointer[hub.Web]
	web   *httptest.Server
	shut  func()
}

// openHouse lets a hub work on a database until the end of the test.
func openHouse(t *testing.T, dsn string) *house {
	t.Helper()
	h := &house{T: t, dsn: dsn}
	h.open()
	h.web = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { h.doors.Load().ServeHTTP(rw, r) }))
	h.url = h.web.URL
	t.Cleanup(func() {
		h.shut()
		h.web.Close()
	})
	return h
}

// open sets the hub to work.
func (h *house) open() {
	h.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	h.central = got(store.OpenCentral(ctx, h.dsn)).or(h.T)
	h.server = got(hub.NewServer(ctx, h.central, slog.New(slog.DiscardHandler))).or(h.T)
	h.passwords = hub.NewAccounts(h.central)
	h.doors.Store(hub.NewWeb(h.server, h.passwords, slog.New(slog.DiscardHandler), nil))
	ended := make(chan struct{})
	go func() { defer close(ended); h.server.Run(ctx) }()
	h.shut = func() {
		cancel()
		<-ended
		h.web.CloseClientConnections()
		must(h.T, h.central.Close())
	}
}

// backUp copies the database while the hub rests.
func (h *house) backUp() {
	h.Helper()
	h.shut()
	must(h.T, os.WriteFile(h.dsn+".backup", got(os.ReadFile(h.dsn)).or(h.T), 0o600))
	h.open()
}

// restore puts the backup back, and says so.
func (h *house) restore() {
	h.Helper()
	h.shut()
	for _, tail := range []string{"-wal", "-shm"} {
		must(h.T, os.RemoveAll(h.dsn+tail))
	}
	must(h.T, os.WriteFile(h.dsn, got(os.ReadFile(h.dsn+".backup")).or(h.T), 0o600))
	central := got(store.OpenCentral(h.Context(), h.dsn)).or(h.T)
	must(h.T, hub.Restored(h.Context(), central))
	must(h.T, central.Close())
	h.open()
}
