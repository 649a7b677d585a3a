package outgoing

import (
	"context"
	"fmt"
	"net"
	"slices"

	"github.com/wneessen/go-mail/smtp"
)

// signIn picks the mechanism by what the server offers: XOAUTH2 for a token,
// else PLAIN, else LOGIN, which some servers offer alone. None of them is used
// before TLS except on loopback: Sender sees to that.
type signIn struct {
	smtp.Auth
	user, secret, host string
	token              bool
}

func (s *Sender) signIn(ctx context.Context) (*signIn, error) {
	if s.User == "" {
		return nil, nil
	}
	secret := s.Password
	if s.Token != nil {
		secret = s.Token
	}
	if secret == nil {
		return nil, &Error{Outcome: Permanent, Err: fmt.Errorf("the sender %s has neither a password nor a token", s.User)}
	}
	word, err := secret(ctx)
	if err != nil {
		return nil, &Error{Outcome: Temporary, Server: true, SignIn: true, Err: fmt.Errorf("obtain the sign-in of %s: %w", s.User, err)}
	}
	host, _, _ := net.SplitHostPort(s.Addr)
	return &signIn{user: s.User, secret: word, host: host, token: s.Token != nil}, nil
}

// Start implements smtp.Auth.
func (a *signIn) Start(server *smtp.ServerInfo) (string, []byte, error) {
	switch {
	case a.token:
		a.Auth = smtp.XOAuth2Auth(a.user, a.secret)
	case slices.Contains(server.Auth, "LOGIN") && !slices.Contains(server.Auth, "PLAIN"):
		a.Auth = smtp.LoginAuth(a.user, a.secret, a.host, true)
	default:
		a.Auth = smtp.PlainAuth("", a.user, a.secret, a.host, true)
	}
	return a.Auth.Start(server)
}
