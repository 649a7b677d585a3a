// Package loopback is a small IMAP server in memory, on the loopback address:
// the demonstration reads its mails from it where no mail server is at hand.
//
// It speaks IMAP4rev1 with IDLE, MOVE and UIDPLUS to anyone on this machine
// who knows the password. Nothing is kept on disk and nothing is encrypted; it
// is never a mail server for people.
package loopback

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// Server is a running server with one user.
type Server struct {
	Addr string // host:port of plain IMAP

	user *imapmemserver.User
	imap *imapserver.Server
}

// Start serves a user with the mailboxes INBOX and Sent on a free port.
func Start(user, password string) (*Server, error) {
	box := imapmemserver.NewUser(user, password)
	for _, name := range []string{"INBOX", "Sent"} {
		if err := box.Create(name, nil); err != nil {
			return nil, fmt.Errorf("create mailbox %s: %w", name, err)
		}
	}
	users := imapmemserver.New()
	users.AddUser(box)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("open a port for the mailbox: %w", err)
	}
	s := &Server{Addr: l.Addr().String(), user: box}
	s.imap = imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return users.NewSession(), nil, nil
		},
		Caps:         imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapMove: {}, imap.CapUIDPlus: {}, imap.CapIdle: {}},
		InsecureAuth: true,
		// A client that hangs up is no news.
		Logger: log.New(io.Discard, "", 0),
	})
	go s.imap.Serve(l)
	return s, nil
}

// Deliver puts a mail into a mailbox; who is in IDLE there is told.
func (s *Server) Deliver(mailbox string, raw []byte) error {
	if _, err := s.user.Append(mailbox, literal{bytes.NewReader(raw)}, &imap.AppendOptions{}); err != nil {
		return fmt.Errorf("deliver to %s: %w", mailbox, err)
	}
	return nil
}

// Close ends the server and its connections.
func (s *Server) Close() error { return s.imap.Close() }

type literal struct{ *bytes.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }
