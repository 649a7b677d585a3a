package oauth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"golang.org/x/oauth2"
)

// ahead is how long before its end an access token is renewed: longer than a
// sign-in takes, far shorter than the shortest life (an hour).
const ahead = 5 * time.Minute

// Source gives the access token of one mailbox, to readers and senders at once:
// it is renewed by one of them while the others wait.
type Source struct {
	Client Client
	Keeper Keeper
	Web    *http.Client     // nil: the usual one
	Now    func() time.Time // nil: the machine's clock

	mu      sync.Mutex
	refused string // an access token that a mail server did not take
	dead    string // a refresh token that the provider did not honour
}

func (s *Source) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

// Token returns an access token that is good for some minutes. It fails with
// ErrNone or ErrRevoked where a person has to act; other errors may pass.
func (s *Source) Token(ctx context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	grant, err := s.Keeper.Grant(ctx)
	if err != nil {
		return "", err
	}
	if grant.Access != "" && grant.Access != s.refused && s.now().Add(ahead).Before(grant.Expires) {
		return grant.Access, nil
	}
	if grant.Refresh == s.dead {
		return "", ErrRevoked
	}
	fresh, err := s.renew(ctx, grant)
	if errors.Is(err, ErrRevoked) {
		s.dead = grant.Refresh
	}
	if err != nil {
		return "", err
	}
	if err := s.Keeper.Keep(ctx, fresh); err != nil {
		return "", fmt.Errorf("keep the renewed grant of %s: %w", s.Client.User, err)
	}
	return fresh.Access, nil
}

// Refused says that a mail server did not take an access token, though it had
// not ended: the next Token is another one.
func (s *Source) Refused(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused = token
}

func (s *Source) renew(ctx context.Context, old Grant) (Grant, error) {
	if old.Refresh == "" {
		return Grant{}, ErrRevoked
	}
	ctx = through(ctx, s.Web)
	expired := &oauth2.Token{RefreshToken: old.Refresh, Expiry: time.Unix(1, 0)}
	token, err := s.Client.config("").TokenSource(ctx, expired).Token()
	if err != nil {
		return Grant{}, asked("renew the grant of "+s.Client.User, err)
	}
	fresh := grantOf(token, old)
	if token.ExpiresIn > 0 { // counted from this moment by the clock that will judge it
		fresh.Expires = s.now().Add(time.Duration(token.ExpiresIn) * time.Second)
	}
	return fresh, nil
}
