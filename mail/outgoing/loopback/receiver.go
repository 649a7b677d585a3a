// Package loopback is a small SMTP receiver on the loopback address: the
// demonstration sends its answers there, where they can be counted and read.
//
// It takes every mail from this machine and delivers none.
package loopback

import (
	"fmt"
	"io"
	"log"
	"net"
	"slices"
	"sync"

	"github.com/emersion/go-smtp"
)

// Mail is a mail that was taken.
type Mail struct {
	From string
	To   []string
	Raw  []byte
}

// Receiver is a running receiver.
type Receiver struct {
	Addr string // host:port of plain SMTP

	smtp   *smtp.Server
	mu     sync.Mutex
	mails  []Mail
	onMail func(Mail)
}

// Start listens on a free port. onMail is called for each mail before the
// sender is told that it was taken; nil to only keep them.
func Start(onMail func(Mail)) (*Receiver, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("open a port for answers: %w", err)
	}
	r := &Receiver{Addr: l.Addr().String(), onMail: onMail}
	r.smtp = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{r: r}, nil }))
	r.smtp.Domain = "loopback.example"
	r.smtp.ErrorLog = log.New(io.Discard, "", 0)
	go r.smtp.Serve(l)
	return r, nil
}

// Mails are those taken so far, in order.
func (r *Receiver) Mails() []Mail {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.mails)
}

// Close ends the receiver and its connections.
func (r *Receiver) Close() error { return r.smtp.Close() }

type session struct {
	r    *Receiver
	mail Mail
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.mail = Mail{From: from}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mail.To = append(s.mail.To, to)
	return nil
}

func (s *session) Data(body io.Reader) (err error) {
	if s.mail.Raw, err = io.ReadAll(body); err != nil {
		return err
	}
	s.r.mu.Lock()
	s.r.mails = append(s.r.mails, s.mail)
	s.r.mu.Unlock()
	if s.r.onMail != nil {
		s.r.onMail(s.mail)
	}
	return nil
}

func (s *session) Reset()        { s.mail = Mail{} }
func (s *session) Logout() error { return nil }
