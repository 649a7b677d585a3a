package outgoing

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// received is a mail as the receiving server got it, dot-stuffing undone.
type received struct {
	from string
	to   []string
	raw  string
	user string
	// mechanism is how the sender signed in.
	mechanism string
}

// receiver is a real SMTP server on loopback that a test tells how to behave.
type receiver struct {
	addr  string
	roots *x509.CertPool

	mu     sync.Mutex
	mails  []received
	onRcpt func(to string) error
	onData func() error // after the whole mail was read
	// hangUp cuts the connection after the end of DATA, before the reply.
	hangUp bool
	// mechanisms are the sign-ins offered; PLAIN if nil.
	mechanisms []string
	// spent is a token that is not taken (any more).
	spent string
}

func receive(t *testing.T, mode TLSMode) *receiver {
	t.Helper()
	web := httptest.NewTLSServer(nil)
	defer web.Close()
	conf := &tls.Config{Certificates: web.TLS.Certificates}
	r := &receiver{roots: x509.NewCertPool()}
	r.roots.AddCert(web.Certificate())

	srv := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{r: r, conn: c}, nil
	}))
	srv.Domain, srv.AllowInsecureAuth = "mx.example.com", true
	if mode == StartTLS {
		srv.TLSConfig = conf
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r.addr = l.Addr().String()
	if mode == Implicit {
		l = tls.NewListener(l, conf)
	}
	go srv.Serve(l)
	t.Cleanup(func() { srv.Close() })
	return r
}

func (r *receiver) sender(mode TLSMode) *Sender {
	return &Sender{Addr: r.addr, TLS: mode, TLSConfig: &tls.Config{RootCAs: r.roots}, Helo: "desk.example.com", Timeout: 20 * time.Second}
}

func (r *receiver) got() []received {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.mails
}

type session struct {
	r    *receiver
	conn *smtp.Conn
	mail received
}

func (s *session) AuthMechanisms() []string {
	if s.r.mechanisms != nil {
		return s.r.mechanisms
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(mechanism string) (sasl.Server, error) {
	s.mail.mechanism = mechanism
	if mechanism != sasl.Plain {
		return &script{session: s, mechanism: mechanism}, nil
	}
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "correct horse" {
			return smtp.ErrAuthFailed
		}
		s.mail.user = user
		return nil
	}), nil
}

// script is the server's half of LOGIN and XOAUTH2.
type script struct {
	session   *session
	mechanism string
	said      []string
}

func (x *script) Next(response []byte) (challenge []byte, done bool, err error) {
	if response != nil {
		x.said = append(x.said, string(response))
	}
	switch {
	case x.mechanism == "XOAUTH2" && x.session.r.spent != "" && strings.Contains(x.said[0], "Bearer "+x.session.r.spent+"\x01"):
		if len(x.said) == 1 {
			return []byte(`{"status":"401"}`), false, nil
		}
		return nil, true, smtp.ErrAuthFailed
	case x.mechanism == "XOAUTH2" && len(x.said) == 1:
		x.session.mail.user = x.said[0]
		return nil, true, nil
	case x.mechanism == "LOGIN" && len(x.said) == 2:
		x.session.mail.user = strings.Join(x.said, "/")
		return nil, true, nil
	}
	return []byte("go on"), false, nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.mail.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.r.onRcpt != nil {
		if err := s.r.onRcpt(to); err != nil {
			return err
		}
	}
	s.mail.to = append(s.mail.to, to)
	return nil
}

func (s *session) Data(body io.Reader) error {
	raw, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	if s.r.onData != nil {
		if err := s.r.onData(); err != nil {
			return err
		}
	}
	s.mail.raw = string(raw)
	s.r.mu.Lock()
	s.r.mails = append(s.r.mails, s.mail)
	s.r.mu.Unlock()
	if s.r.hangUp {
		s.conn.Conn().Close()
	}
	return nil
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }
