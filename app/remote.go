package app

import (
	"context"
	"net/http"
	"time"

	"holdall/store"
	"holdall/sync/protocol"
	"holdall/sync/replica"
)

const remoteWait = 30 * time.Second

// remote asks a hub for what does not travel with the records.
type remote struct {
	app *App
	who store.Identity
}

// ask sends a request as this device; the caller closes the answer.
func (r *remote) ask(ctx context.Context, method string, path ...string) (*http.Response, error) {
	server, err := hubURL(r.who.Server)
	if err != nil {
		return nil, err
	}
	asked, err := http.NewRequestWithContext(ctx, method, server.JoinPath(path...).String(), nil)
	if err != nil {
		return nil, err
	}
	asked.Header.Set("Authorization", "Bearer "+r.who.Token)
	return r.client(true).Do(asked)
}

// client reaches the hub and nobody it points to: the token is the hub's alone.
// once says that no second request will follow.
func (r *remote) client(once bool) *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			Proxy: protocol.Proxy, TLSClientConfig: r.app.cfg.TLS, DisableKeepAlives: once, ForceAttemptHTTP2: true,
			ResponseHeaderTimeout: remoteWait, IdleConnTimeout: remoteWait,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// files is where the bytes of attachments come from and go to.
func (r *remote) files() (replica.HTTPHub, error) {
	server, err := hubURL(r.who.Server)
	return replica.HTTPHub{Address: server, Token: r.who.Token, Client: r.client(false)}, err
}

// revoke tells the hub that this device is signed out. Where it cannot be told,
// an admin can still shut the device out.
func (r *remote) revoke(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, remoteWait/3)
	defer cancel()
	answer, err := r.ask(ctx, http.MethodDelete, "api/v1/devices/self")
	if err != nil {
		r.app.log.Info("the hub could not be told of the sign-out", "error", err)
		return
	}
	answer.Body.Close()
}
