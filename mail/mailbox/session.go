package mailbox

import (
	"context"
	"errors"
	"fmt"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// session is one signed-in connection.
type session struct {
	cfg    *Config
	conn   *conn
	client *imapclient.Client
	caps   imap.CapSet
}

// open connects and signs in. arrived is called when the server says by itself
// that the number of mails changed; nil to ignore it.
func open(ctx context.Context, cfg *Config, arrived func()) (*session, error) {
	c, err := dial(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", cfg.Addr, err)
	}
	s := &session{cfg: cfg, conn: c}
	if err := s.greet(ctx, arrived); err != nil {
		c.Conn.Close()
		return nil, fmt.Errorf("greet %s: %w", cfg.Addr, err)
	}
	if err := s.signIn(ctx); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *session) greet(ctx context.Context, arrived func()) error {
	options := &imapclient.Options{
		TLSConfig: s.cfg.tlsConfig(),
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{
			Mailbox: func(data *imapclient.UnilateralDataMailbox) {
				if data.NumMessages != nil && arrived != nil {
					arrived()
				}
			},
		},
	}
	return s.wait(ctx, func() (err error) {
		if s.cfg.TLS == StartTLS {
			s.client, err = imapclient.NewStartTLS(s.conn, options)
			return err
		}
		s.client = imapclient.New(s.conn, options)
		return s.client.WaitGreeting()
	})
}

func (s *session) signIn(ctx context.Context) error {
	if s.client.State() != imap.ConnStateAuthenticated {
		if err := s.authenticate(ctx); err != nil {
			return err
		}
	}
	return s.wait(ctx, func() error {
		if s.caps = s.client.Caps(); s.caps == nil {
			return fmt.Errorf("ask %s for its capabilities: no answer", s.cfg.Addr)
		}
		return nil
	})
}

// authenticate signs in. A token that is refused may only have ended early: one
// more is tried, and no third.
func (s *session) authenticate(ctx context.Context) error {
	word, err := s.present(ctx)
	if err == nil || word == "" || s.cfg.Refused == nil || signInClass(err) != ClassAuth || !s.alive() {
		return err
	}
	s.cfg.Refused(word)
	_, err = s.present(ctx)
	return err
}

// present shows the server a password or a token, and returns what it showed.
func (s *session) present(ctx context.Context) (word string, err error) {
	secret, class := s.cfg.Password, ClassAuth
	if s.cfg.Token != nil {
		secret, class = s.cfg.Token, ClassNetwork
	}
	if word, err = secret(ctx); err != nil {
		if told, ok := errors.AsType[*Error](err); ok {
			class = told.Class
		}
		return "", &Error{Class: class, Account: s.cfg.Account, Err: fmt.Errorf("obtain the sign-in of %s: %w", s.cfg.User, err)}
	}
	err = s.wait(ctx, func() error {
		if s.cfg.Token != nil {
			return s.client.Authenticate(XOAUTH2(s.cfg.User, word))
		}
		return s.client.Login(s.cfg.User, word).Wait()
	})
	if err != nil {
		return word, &Error{Class: signInClass(err), Account: s.cfg.Account, Err: fmt.Errorf("sign in as %s: %w", s.cfg.User, err)}
	}
	return word, nil
}

// selectBox opens the mailbox; read only unless marks are to be made, so that
// a mailbox we merely read is left exactly as it was.
func (s *session) selectBox(ctx context.Context, readOnly bool) (box *imap.SelectData, err error) {
	options := &imap.SelectOptions{ReadOnly: readOnly, CondStore: s.caps.Has(imap.CapCondStore)}
	err = s.wait(ctx, func() (err error) {
		box, err = s.client.Select(s.cfg.Mailbox, options).Wait()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open mailbox %s: %w", s.cfg.Mailbox, err)
	}
	return box, nil
}

func (s *session) wait(ctx context.Context, act func() error) error {
	return s.conn.during(ctx, s.cfg.Silence, s.cfg.Patience, act)
}

// alive reports whether the connection still stands after a refused command.
func (s *session) alive() bool {
	select {
	case <-s.client.Closed():
		return false
	default:
		return true
	}
}

// close ends the connection without a farewell: LOGOUT would wait for a server
// that may be gone, and loses nothing.
func (s *session) close() {
	s.conn.Conn.Close()
	<-s.client.Closed()
}
