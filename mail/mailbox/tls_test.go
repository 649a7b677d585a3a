package mailbox

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// certificate is the one net/http keeps for tests, valid for 127.0.0.1 and
// example.com, and the roots that trust it.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	web := httptest.NewTLSServer(nil)
	defer web.Close()
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	return &tls.Config{Certificates: web.TLS.Certificates}, roots
}

// sealed serves one mailbox with one mail, inside TLS or offering STARTTLS.
func sealed(t *testing.T, mode TLSMode, conf *tls.Config) string {
	t.Helper()
	box := imapmemserver.NewUser(user, password)
	if err := box.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	if _, err := box.Append("INBOX", literal{strings.NewReader(letter("sealed"))}, &imap.AppendOptions{}); err != nil {
		t.Fatal(err)
	}
	users := imapmemserver.New()
	users.AddUser(box)
	srv := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return users.NewSession(), nil, nil
		},
		Caps:      imap.CapSet{imap.CapIMAP4rev1: {}},
		TLSConfig: conf,
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if mode == Implicit {
		l = tls.NewListener(l, conf)
	}
	go srv.Serve(l)
	t.Cleanup(func() { srv.Close() })
	return l.Addr().String()
}

type literal struct{ *strings.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

func TestConnectionsInsideTLS(t *testing.T) {
	conf, roots := certificate(t)
	for _, mode := range []TLSMode{Implicit, StartTLS} {
		t.Run(string(mode), func(t *testing.T) {
			cfg := config(sealed(t, mode, conf), user)
			cfg.TLS, cfg.TLSConfig = mode, &tls.Config{RootCAs: roots}
			read(t, watcher(t, cfg), Position{}).take(1)
		})
	}
}

func TestAnUntrustedCertificateIsRefused(t *testing.T) {
	conf, _ := certificate(t)
	for _, mode := range []TLSMode{Implicit, StartTLS} {
		t.Run(string(mode), func(t *testing.T) {
			cfg := config(sealed(t, mode, conf), user).withDefaults()
			cfg.TLS = mode
			if s, err := open(t.Context(), &cfg, nil); err == nil {
				s.close()
				t.Fatal("the connection was opened")
			}
		})
	}
}

func TestAServerWithoutStartTLSIsRefused(t *testing.T) {
	cfg := config(server.Addr, user).withDefaults()
	cfg.TLS = StartTLS
	if s, err := open(t.Context(), &cfg, nil); err == nil {
		s.close()
		t.Fatal("the password would have gone out in the clear")
	}
}
