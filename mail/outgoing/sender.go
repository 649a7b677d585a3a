package outgoing

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// TLSMode is how the connection to the server is protected.
type TLSMode string

// The ways to connect. Plain is accepted only for a loopback address.
const (
	Implicit TLSMode = "implicit" // RFC 8314, usually port 465
	StartTLS TLSMode = "starttls" // RFC 3207, usually port 587
	Plain    TLSMode = "plain"
)

// Sender hands mails to one SMTP server, each over a connection of its own.
// It may be used from several goroutines.
type Sender struct {
	Addr      string // host:port
	TLS       TLSMode
	TLSConfig *tls.Config // replaces the system's roots
	Helo      string      // our name in EHLO; the machine's if empty

	// User is empty for a server that asks for no sign-in. Password or Token
	// is asked for at every mail.
	User     string
	Password func(context.Context) (string, error)
	Token    func(context.Context) (string, error) // sent as XOAUTH2
	// Refused is told a token that the server did not take, and Token is asked
	// once more; nil: what Token gives is final.
	Refused func(token string)

	// Timeout bounds each answer of the server; 60 s if zero.
	Timeout time.Duration
}

// Send composes the answer and sends it to everyone in To and Cc, or to nobody:
// if the server refuses one recipient, the mail is not sent. The error is an
// *Error.
func (s *Sender) Send(ctx context.Context, a Answer) error {
	m, err := Write(a)
	if err != nil {
		return &Error{Outcome: Permanent, Err: err}
	}
	return s.Deliver(ctx, m)
}

// Deliver sends a mail that was written before: the same bytes, however often it
// is tried.
func (s *Sender) Deliver(ctx context.Context, m Mail) error {
	client, end, err := s.connect(ctx)
	if err != nil {
		return err
	}
	defer end()
	if failure := s.transact(client, m); failure != nil {
		return failure
	}
	// The mail is the server's now; a farewell that fails changes nothing.
	_ = client.UpdateDeadline(s.timeout())
	_ = client.Quit()
	return nil
}

func (s *Sender) transact(client *smtp.Client, m Mail) *Error {
	step := func() { _ = client.UpdateDeadline(s.timeout()) }
	step()
	if failure := fits(client, m); failure != nil {
		return failure
	}
	if err := client.Mail(inBrackets(m.From)); err != nil {
		return refused("name the sender "+m.From, err)
	}
	if failure := recipients(client, m.To, step); failure != nil {
		return failure
	}
	raw := m.Raw
	step()
	body, err := client.Data()
	if err != nil {
		return refused("begin the mail", err)
	}
	for len(raw) > 0 {
		step()
		n := min(len(raw), 64<<10)
		if _, err := body.Write(raw[:n]); err != nil {
			return refused("transfer the mail", err)
		}
		raw = raw[n:]
	}
	step()
	if m.Leaves != nil && !m.Leaves() {
		return &Error{Outcome: Temporary, Err: ErrHeldBack}
	}
	if err := body.Close(); err != nil {
		return unconfirmed(err)
	}
	return nil
}

// inBrackets is an address as the envelope names it, in angle brackets (RFC 5321 §4.1.2):
// the library passes on what it is given, and large providers take nothing less.
func inBrackets(address string) string { return (&mail.Address{Address: address}).String() }

// fits refuses a mail that is larger than the server says it takes (RFC 1870 §4),
// before it is transferred in vain.
func fits(client *smtp.Client, m Mail) *Error {
	said, offered := client.Extension("SIZE")
	most, err := strconv.ParseInt(offered, 10, 64)
	if !said || err != nil || most <= 0 || int64(len(m.Raw)) <= most {
		return nil
	}
	return &Error{Outcome: Permanent, Err: fmt.Errorf("with its files the mail has %.1f MB and the mail server takes %.1f MB; send the files in several mails, or share them another way",
		float64(len(m.Raw))/1e6, float64(most)/1e6)}
}

// recipients names them all before it gives up, so that a person learns of
// every wrong address at once. One that may work later makes all of it wait.
func recipients(client *smtp.Client, to []string, step func()) *Error {
	var failure *Error
	for _, one := range to {
		step()
		err := client.Rcpt(inBrackets(one))
		if err == nil {
			continue
		}
		this := refused("name the recipient "+one, err)
		if this.Code == 0 {
			return this
		}
		this.Recipients = []string{one}
		if failure != nil {
			this.Recipients = append(failure.Recipients, one)
			this.Err = errors.Join(failure.Err, this.Err)
			if failure.Outcome == Permanent {
				this.Outcome, this.Code = Permanent, failure.Code
			}
		}
		failure = this
	}
	return failure
}

// connect returns a signed-in client and what closes it. The end of ctx closes
// the connection at any moment. A token that is refused may only have ended
// early: one more is tried, and no third.
func (s *Sender) connect(ctx context.Context) (*smtp.Client, func(), error) {
	who, err := s.signIn(ctx)
	if err != nil {
		return nil, nil, err
	}
	client, end, err := s.dial(ctx, who)
	failure, refused := errors.AsType[*Error](err)
	if !refused || !failure.SignIn || who == nil || !who.token || s.Refused == nil {
		return client, end, err
	}
	s.Refused(who.secret)
	if who, err = s.signIn(ctx); err != nil {
		return nil, nil, err
	}
	return s.dial(ctx, who)
}

func (s *Sender) dial(ctx context.Context, who *signIn) (*smtp.Client, func(), error) {
	options, err := s.options(who)
	if err != nil {
		return nil, nil, err
	}
	var line net.Conn
	dial := func(ctx context.Context, network, addr string) (conn net.Conn, err error) {
		if s.TLS == Implicit {
			conn, err = (&tls.Dialer{Config: s.tlsConfig()}).DialContext(ctx, network, addr)
		} else {
			conn, err = (&net.Dialer{}).DialContext(ctx, network, addr)
		}
		line = conn
		return conn, err
	}
	host, _, _ := net.SplitHostPort(s.Addr)
	dialer, err := gomail.NewClient(host, append(options, gomail.WithDialContextFunc(dial))...)
	if err != nil {
		return nil, nil, &Error{Outcome: Permanent, Err: fmt.Errorf("prepare the connection to %s: %w", s.Addr, err)}
	}
	client, err := dialer.DialToSMTPClientWithContext(ctx)
	if err != nil {
		if line != nil {
			line.Close()
		}
		return nil, nil, unreached("connect to "+s.Addr, err)
	}
	stop := context.AfterFunc(ctx, func() { line.Close() })
	return client, func() { stop(); line.Close() }, nil
}

func (s *Sender) options(who *signIn) ([]gomail.Option, error) {
	host, service, err := net.SplitHostPort(s.Addr)
	port, errPort := strconv.Atoi(service)
	if err != nil || errPort != nil {
		return nil, &Error{Outcome: Permanent, Err: fmt.Errorf("the mail server %q is not written as host:port", s.Addr)}
	}
	options := []gomail.Option{
		gomail.WithPort(port), gomail.WithTimeout(s.timeout()), gomail.WithTLSConfig(s.tlsConfig()), gomail.WithoutNoop(),
	}
	if s.Helo != "" {
		options = append(options, gomail.WithHELO(s.Helo))
	}
	switch s.TLS {
	case Implicit:
		options = append(options, gomail.WithSSL())
	case StartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case Plain:
		if !loopback(host) {
			return nil, &Error{Outcome: Permanent, Err: fmt.Errorf("the mail server %s would be reached without encryption: use implicit or starttls", s.Addr)}
		}
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		return nil, &Error{Outcome: Permanent, Err: fmt.Errorf("%q is no way to protect a connection: use implicit, starttls or plain", s.TLS)}
	}
	if who != nil {
		options = append(options, gomail.WithSMTPAuthCustom(who))
	}
	return options, nil
}

func (s *Sender) timeout() time.Duration {
	if s.Timeout > 0 {
		return s.Timeout
	}
	return time.Minute
}

func (s *Sender) tlsConfig() *tls.Config {
	conf := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.TLSConfig != nil {
		conf = s.TLSConfig.Clone()
	}
	if conf.ServerName == "" {
		conf.ServerName, _, _ = net.SplitHostPort(s.Addr)
	}
	return conf
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
