package mailroom

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// exchange is a real SMTP server that lets one user send as one address.
type exchange struct {
	addr string

	mu       sync.Mutex
	password string
	sends    string // the address whose mails may leave; empty: any
	taken    []string
}

func openExchange(t *testing.T, password string) *exchange {
	x := &exchange{password: password}
	srv := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &call{x: x}, nil }))
	srv.Domain, srv.AllowInsecureAuth = "mx.example", true
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	x.addr = l.Addr().String()
	go srv.Serve(l)
	t.Cleanup(func() { srv.Close() })
	return x
}

func (x *exchange) set(change func(*exchange)) {
	x.mu.Lock()
	defer x.mu.Unlock()
	change(x)
}

// call is one connection to it.
type call struct{ x *exchange }

func (c *call) AuthMechanisms() []string { return []string{sasl.Plain, "XOAUTH2"} }

func (c *call) Auth(mechanism string) (sasl.Server, error) {
	judge := func(word string) error {
		c.x.mu.Lock()
		defer c.x.mu.Unlock()
		if word != c.x.password {
			return smtp.ErrAuthFailed
		}
		return nil
	}
	if mechanism == "XOAUTH2" {
		return token(func(string) error { return nil }), nil
	}
	return sasl.NewPlainServer(func(_, _, password string) error { return judge(password) }), nil
}

// token takes any token: the provider has judged it.
type token func(string) error

func (x token) Next(response []byte) ([]byte, bool, error) { return nil, true, x(string(response)) }

func (c *call) Mail(from string, _ *smtp.MailOptions) error {
	c.x.mu.Lock()
	defer c.x.mu.Unlock()
	if c.x.sends != "" && from != c.x.sends {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 60}, Message: "client does not have permission to send as this sender"}
	}
	return nil
}

func (c *call) Rcpt(string, *smtp.RcptOptions) error { return nil }

func (c *call) Data(body io.Reader) error {
	raw, err := io.ReadAll(body)
	c.x.mu.Lock()
	defer c.x.mu.Unlock()
	c.x.taken = append(c.x.taken, string(raw))
	return err
}

func (c *call) Reset()        {}
func (c *call) Logout() error { return nil }

// tlsServer speaks TLS under a certificate that nobody trusts.
func tlsServer(t *testing.T) string {
	web := httptest.NewUnstartedServer(nil)
	web.TLS = &tls.Config{NextProtos: []string{"imap"}}
	web.Config.ErrorLog = log.New(io.Discard, "", 0)
	web.StartTLS()
	t.Cleanup(web.Close)
	return web.Listener.Addr().String()
}
