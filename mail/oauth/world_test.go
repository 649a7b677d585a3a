package oauth_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"holdall/mail/oauth"
	"holdall/mail/oauth/loopback"
)

const user = "service@nordlicht-werke.example"

// world is a provider, a mailbox to connect and a place for its grant.
type world struct {
	*testing.T
	issuer *loopback.Issuer
	client oauth.Client
	keeper *drawer
}

func newWorld(t *testing.T, rules loopback.Rules) *world {
	rules.User = user
	issuer, err := loopback.Start(rules)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { issuer.Close() })
	return &world{t, issuer, oauth.Client{ID: "desk", User: user, Provider: oauth.Provider{
		Name: "Loopback", AuthURL: issuer.URL + "/authorize", TokenURL: issuer.URL + "/token", DeviceURL: issuer.URL + "/device", Scopes: []string{"mail"},
	}}, &drawer{}}
}

// connected is a world in which a person has allowed the mailbox.
func connected(t *testing.T, rules loopback.Rules) *world {
	w := newWorld(t, rules)
	w.connect()
	return w
}

func (w *world) connect() {
	w.Helper()
	grant, err := oauth.Connect(w.Context(), w.client, nil, browse)
	if err != nil {
		w.Fatal(err)
	}
	if err := w.keeper.Keep(w.Context(), grant); err != nil {
		w.Fatal(err)
	}
}

func (w *world) source() *oauth.Source { return &oauth.Source{Client: w.client, Keeper: w.keeper} }

// browse is a browser whose person presses the button.
func browse(address string) error {
	go visit(address)
	return nil
}

func visit(address string) (status int, page string) {
	answer, err := http.Get(address)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	return answer.StatusCode, string(body)
}

// drawer keeps a grant in memory.
type drawer struct {
	mu    sync.Mutex
	grant oauth.Grant
	kept  int
	stuck error
}

func (d *drawer) Grant(context.Context) (oauth.Grant, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.grant.Refresh == "" {
		return oauth.Grant{}, oauth.ErrNone
	}
	return d.grant, nil
}

func (d *drawer) Keep(_ context.Context, g oauth.Grant) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stuck != nil {
		return d.stuck
	}
	d.grant = g
	d.kept++
	return nil
}

// mute fails if an error tells a secret of the grant.
func (w *world) mute(err error) {
	w.Helper()
	grant, _ := w.keeper.Grant(context.Background())
	for _, secret := range []string{grant.Refresh, grant.Access, w.client.Secret} {
		if err != nil && secret != "" && strings.Contains(err.Error(), secret) {
			w.Errorf("the error tells a secret: %v", err)
		}
	}
}

func (w *world) wants(err error, want error) {
	w.Helper()
	if !errors.Is(err, want) {
		w.Errorf("%v, want %v", err, want)
	}
	w.mute(err)
}

// later is a clock that is ahead of the machine's.
func later(d time.Duration) func() time.Time {
	return func() time.Time { return time.Now().Add(d) }
}
