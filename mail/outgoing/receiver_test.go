package outgoing

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
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

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "correct horse" {
			return smtp.ErrAuthFailed
		}
		s.mail.user = user
		return nil
	}), nil
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

func answer() Answer {
	return Answer{
		From:    Address{"Service Desk", "desk@example.com"},
		To:      []Address{{"Mira Sommer", "mira@example.com"}},
		Subject: "Re: printer", Text: "We are on it.\n",
		MessageID: "<t.m.x@example.com>",
		Date:      time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC),
	}
}

func TestSendOverEachKindOfConnection(t *testing.T) {
	for _, mode := range []TLSMode{Implicit, StartTLS, Plain} {
		t.Run(string(mode), func(t *testing.T) {
			r := receive(t, mode)
			s := r.sender(mode)
			s.User, s.Password = "desk", func(context.Context) (string, error) { return "correct horse", nil }
			if err := s.Send(t.Context(), answer()); err != nil {
				t.Fatal(err)
			}
			got := r.got()
			if len(got) != 1 || got[0].from != "desk@example.com" || got[0].to[0] != "mira@example.com" || got[0].user != "desk" {
				t.Fatalf("%+v", got)
			}
		})
	}
}

func TestTheServerGetsTheComposedBytes(t *testing.T) {
	r := receive(t, Plain)
	a := answer()
	a.Text = "First.\n.\n..two dots\n.one dot\nlast line without an end"
	want, err := Compose(a)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.sender(Plain).SendRaw(t.Context(), a.From.Email, []string{a.To[0].Email}, want); err != nil {
		t.Fatal(err)
	}
	got := r.got()[0].raw
	if strings.TrimSuffix(got, "\r\n") != strings.TrimSuffix(string(want), "\r\n") {
		t.Fatalf("received\n%q\nwant\n%q", got, want)
	}
}

func TestAnErrorIsClassed(t *testing.T) {
	gone := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	later := &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "try again"}
	for _, c := range []struct {
		title string
		setup func(*receiver, *Sender)
		want  Outcome
		code  int
		taken int
	}{
		{"recipient unknown", func(r *receiver, _ *Sender) { r.onRcpt = func(string) error { return gone } }, Permanent, 550, 0},
		{"recipient greylisted", func(r *receiver, _ *Sender) { r.onRcpt = func(string) error { return later } }, Temporary, 451, 0},
		{"mail refused", func(r *receiver, _ *Sender) { r.onData = func() error { return gone } }, Permanent, 550, 0},
		{"mail put off", func(r *receiver, _ *Sender) { r.onData = func() error { return later } }, Temporary, 451, 0},
		{"cut after DATA", func(r *receiver, _ *Sender) { r.hangUp = true }, Unknown, 0, 1},
		{"wrong password", func(_ *receiver, s *Sender) {
			s.User, s.Password = "desk", func(context.Context) (string, error) { return "wrong", nil }
		}, Permanent, 535, 0},
		{"token not to be had", func(_ *receiver, s *Sender) {
			s.User, s.Token = "desk", func(context.Context) (string, error) { return "", errors.New("signed out") }
		}, Temporary, 0, 0},
		{"nobody listens", func(_ *receiver, s *Sender) { s.Addr = "127.0.0.1:1" }, Temporary, 0, 0},
		{"no STARTTLS", func(_ *receiver, s *Sender) { s.TLS = StartTLS }, Temporary, 0, 0},
		{"plain to elsewhere", func(_ *receiver, s *Sender) { s.Addr = "mx.example.com:25" }, Permanent, 0, 0},
		{"no port", func(_ *receiver, s *Sender) { s.Addr = "mx.example.com" }, Permanent, 0, 0},
	} {
		t.Run(c.title, func(t *testing.T) {
			r := receive(t, Plain)
			s := r.sender(Plain)
			c.setup(r, s)
			failure, ok := errors.AsType[*Error](s.Send(t.Context(), answer()))
			if !ok || failure.Outcome != c.want || failure.Code != c.code {
				t.Fatalf("%+v", failure)
			}
			if n := len(r.got()); n != c.taken {
				t.Fatalf("the server took %d mails", n)
			}
		})
	}
}

func TestOneRefusedRecipientHoldsTheMailBack(t *testing.T) {
	r := receive(t, Plain)
	r.onRcpt = func(to string) error {
		if strings.HasPrefix(to, "gone") {
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
		}
		if strings.HasPrefix(to, "full") {
			return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "mailbox full"}
		}
		return nil
	}
	a := answer()
	a.Cc = []Address{{"", "gone@example.com"}, {"", "full@example.com"}}
	failure, ok := errors.AsType[*Error](r.sender(Plain).Send(t.Context(), a))
	if !ok || failure.Outcome != Permanent || strings.Join(failure.Recipients, " ") != "gone@example.com full@example.com" {
		t.Fatalf("%+v", failure)
	}
	if len(r.got()) != 0 {
		t.Fatal("the mail went out to some")
	}
}

// cut serves one SMTP dialogue by hand and hangs up at a chosen line.
func cut(t *testing.T, at string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		io.WriteString(c, "220 mx.example.com\r\n")
		seen, buf := "", make([]byte, 4096)
		for {
			n, err := c.Read(buf)
			if seen += string(buf[:n]); err != nil || strings.Contains(seen, at) {
				return
			}
			reply := "250 ok\r\n"
			if strings.HasSuffix(seen, "DATA\r\n") {
				reply = "354 go on\r\n"
			}
			io.WriteString(c, reply)
		}
	}()
	return l.Addr().String()
}

func TestACutIsUnknownOnlyAfterTheEndOfData(t *testing.T) {
	for at, want := range map[string]Outcome{
		"EHLO": Temporary, "MAIL FROM": Temporary, "RCPT TO": Temporary, "DATA\r\n": Temporary, "\r\n.\r\n": Unknown,
	} {
		s := &Sender{Addr: cut(t, at), TLS: Plain, Helo: "desk.example.com", Timeout: 20 * time.Second}
		failure, ok := errors.AsType[*Error](s.Send(t.Context(), answer()))
		if !ok || failure.Outcome != want {
			t.Errorf("cut at %q: %v, want %s", at, failure, want)
		}
	}
}

func TestASilentServerIsLeft(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s := &Sender{Addr: l.Addr().String(), TLS: Plain, Timeout: 20 * time.Millisecond}
	failure, ok := errors.AsType[*Error](s.Send(t.Context(), answer()))
	if !ok || failure.Outcome != Temporary {
		t.Fatalf("%v", failure)
	}
}
