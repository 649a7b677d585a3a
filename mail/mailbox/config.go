package mailbox

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"time"
)

// TLSMode is how a connection is protected.
type TLSMode string

// The ways to connect. Plain is accepted only for a loopback address.
const (
	Implicit TLSMode = "implicit" // RFC 8314, usually port 993
	StartTLS TLSMode = "starttls" // RFC 9051 §6.2.1, usually port 143
	Plain    TLSMode = "plain"
)

// Config names a mailbox and how to read it. Zero durations and sizes take the
// defaults written beside them.
type Config struct {
	Account string // our name for the account; User@Addr if empty
	Addr    string // host:port
	TLS     TLSMode
	// TLSConfig replaces the system's roots, for a private authority.
	TLSConfig *tls.Config

	User string
	// Password or Token is asked for at every sign-in and never kept. An error
	// of Password ends the watching, since a person has to give it.
	Password func(context.Context) (string, error)
	// Token gives an OAuth2 access token, sent as XOAUTH2. Its error is taken
	// for a failed network unless it is an *Error that says otherwise.
	Token func(context.Context) (string, error)
	// Refused is told a token that the server did not take, and Token is asked
	// once more; nil: what Token gives is final.
	Refused func(token string)

	Mailbox string // INBOX
	Marks   Marks

	MaxSize    int64 // 50 MiB: above it only the first HeadSize bytes are fetched
	HeadSize   int64 // 256 KiB
	BatchBytes int64 // 4 MiB
	BatchMails int   // 200

	Poll     time.Duration // 60 s
	IdleFor  time.Duration // 10 min: IDLE is renewed after it
	Silence  time.Duration // 60 s: no byte for so long while an answer is due
	Patience time.Duration // 15 min: one answer may take so long in all
	Backoff  Backoff

	// OnStatus is called at each change, by up to two goroutines at once; it
	// must return quickly.
	OnStatus func(Status)
}

func (c Config) withDefaults() Config {
	fill(&c.Account, c.User+"@"+c.Addr)
	fill(&c.TLS, Implicit)
	fill(&c.Mailbox, "INBOX")
	fill(&c.MaxSize, 50<<20)
	fill(&c.HeadSize, 256<<10)
	fill(&c.BatchBytes, 4<<20)
	fill(&c.BatchMails, 200)
	fill(&c.Poll, time.Minute)
	fill(&c.IdleFor, 10*time.Minute)
	fill(&c.Silence, time.Minute)
	fill(&c.Patience, 15*time.Minute)
	c.Backoff = c.Backoff.withDefaults()
	return c
}

func fill[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Validate says in a sentence what a person has to correct, or returns nil.
func (c Config) Validate() error {
	c = c.withDefaults()
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return fmt.Errorf("the mail server %q is not written as host:port", c.Addr)
	}
	if c.User == "" || (c.Password == nil) == (c.Token == nil) {
		return errors.New("a mailbox needs a user and either a password or a token")
	}
	switch c.TLS {
	case Implicit, StartTLS:
		return nil
	case Plain:
		if loopback(host) {
			return nil
		}
		return fmt.Errorf("the mail server %s would be reached without encryption: use implicit or starttls", c.Addr)
	}
	return fmt.Errorf("%q is no way to protect a connection: use implicit, starttls or plain", c.TLS)
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (c Config) tlsConfig() *tls.Config {
	conf := &tls.Config{MinVersion: tls.VersionTLS12}
	if c.TLSConfig != nil {
		conf = c.TLSConfig.Clone()
	}
	if conf.ServerName == "" {
		conf.ServerName, _, _ = net.SplitHostPort(c.Addr)
	}
	return conf
}
