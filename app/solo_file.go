package app

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"sync"

	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/replica"
)

// soloWeb is the hub inside as it serves files: the handler of a real one, over
// pipes in memory. Nothing listens on a network.
type soloWeb struct {
	server *http.Server
	client *http.Transport
}

// files reaches the files of the hub inside as a device it knows.
func (h *soloHub) files(who store.Identity) func() (replica.HTTPHub, error) {
	return func() (replica.HTTPHub, error) {
		calls := &pipes{calls: make(chan net.Conn), closed: make(chan struct{})}
		web := h.tend(hub.NewWeb(h.server, hub.NewAccounts(h.central), h.app.log, nil))
		h.web.server = hub.Listen(h.ctx, web, h.app.log)
		h.web.client = &http.Transport{DialContext: calls.dial}
		h.running.Go(func() { h.web.server.Serve(calls) })
		address := &url.URL{Scheme: "http", Host: "hub.inside"}
		return replica.HTTPHub{Address: address, Token: who.Token, Client: &http.Client{Transport: h.web.client}}, nil
	}
}

func (w *soloWeb) end() {
	if w.server == nil {
		return
	}
	w.client.CloseIdleConnections()
	w.server.Close() // whoever asked has ended before
}

// pipes is a listener that is called from this program only.
type pipes struct {
	calls  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case p.calls <- far:
		return near, nil
	case <-p.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept waits for a call.
func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.calls:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

// Close ends Accept.
func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

// Addr names nothing: nobody else can call.
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "inside", Net: "pipe"} }
