package oauth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"golang.org/x/oauth2"
)

// Grant is what a person allowed: it is a secret as a whole.
type Grant struct {
	Refresh string    `json:"refresh"`
	Access  string    `json:"access,omitempty"`
	Expires time.Time `json:"expires,omitzero"` // of Access, by this machine's clock
}

// String keeps a grant out of whatever prints it.
func (Grant) String() string { return "(a grant)" }

// GoString does the same for %#v.
func (Grant) GoString() string { return "(a grant)" }

// Keeper holds the grant of one mailbox where nobody else can read it.
type Keeper interface {
	// Grant reads the grant; ErrNone if there is none.
	Grant(context.Context) (Grant, error)
	// Keep puts a grant in place of the one before it, durably.
	Keep(context.Context, Grant) error
}

var (
	// ErrNone is a mailbox that nobody has connected yet.
	ErrNone = errors.New("nobody has allowed this program to read the mailbox yet")
	// ErrRevoked is a grant that the provider does not honour any more.
	ErrRevoked = errors.New("the provider has taken back what was allowed")
)

// timeout bounds each question to the provider.
const timeout = 30 * time.Second

// grantOf takes over what the provider gave. before is the grant it renews.
func grantOf(t *oauth2.Token, before Grant) Grant {
	g := Grant{Refresh: t.RefreshToken, Access: t.AccessToken, Expires: t.Expiry}
	if g.Refresh == "" {
		g.Refresh = before.Refresh // the old one goes on (RFC 6749 §6)
	}
	return g
}

// asked classes the answer of a provider. What it said goes no further than its
// error code: a body may hold a token.
func asked(act string, err error) error {
	var refusal *oauth2.RetrieveError
	if !errors.As(err, &refusal) {
		return fmt.Errorf("%s: %w", act, err)
	}
	switch refusal.ErrorCode {
	case "invalid_grant", "interaction_required", "access_denied", "expired_token":
		return fmt.Errorf("%s: %w (%s)", act, ErrRevoked, refusal.ErrorCode)
	case "":
		return fmt.Errorf("%s: the provider answered %s", act, refusal.Response.Status)
	}
	return fmt.Errorf("%s: the provider answered %s", act, refusal.ErrorCode)
}

// through lets the library speak by this client, which follows no redirect: a
// token goes nowhere but where it was sent.
func through(ctx context.Context, web *http.Client) context.Context {
	client := http.Client{Timeout: timeout}
	if web != nil {
		client = *web
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return context.WithValue(ctx, oauth2.HTTPClient, &client)
}
