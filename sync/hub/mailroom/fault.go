package mailroom

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"syscall"

	"holdall/desk"
	"holdall/mail/mailbox"
	"holdall/mail/oauth"
	"holdall/mail/outgoing"
)

// unreadable says in a sentence why a mailbox that was tried cannot be read.
func unreadable(cfg mailbox.Config, err error) error {
	var missing *mailbox.MissingError
	var failed *mailbox.Error
	switch {
	case errors.As(err, &missing):
		return desk.Refuse(desk.CodeValidation, "There is no folder %s in the mailbox of %s; %s.", missing.Mailbox, cfg.User, offered(missing.Has))
	case errors.Is(err, oauth.ErrRevoked), errors.Is(err, oauth.ErrNone):
		return ungranted(cfg.User)
	case errors.As(err, &failed) && failed.Class == mailbox.ClassAuth && cfg.Token != nil:
		return desk.Refuse(desk.CodeValidation, "%s does not let %s in with what was allowed (%s); allow it again as %s, and see that the provider lets programs read by IMAP.", cfg.Addr, cfg.User, said(err), cfg.User)
	case errors.As(err, &failed) && failed.Class == mailbox.ClassAuth:
		return desk.Refuse(desk.CodeValidation, "%s does not take this password for %s (%s); check the user name and the password.", cfg.Addr, cfg.User, said(err))
	case errors.As(err, &failed) && failed.Class == mailbox.ClassThrottled:
		return desk.Refuse(desk.CodeWorkflow, "%s asks for less just now (%s); try again in some minutes.", cfg.Addr, said(err))
	}
	return cmp.Or(unreached(cfg.Addr, err),
		error(desk.Refuse(desk.CodeWorkflow, "The mailbox of %s cannot be read at %s (%s); check server, port and protection.", cfg.User, cfg.Addr, said(err))))
}

// unsendable says in a sentence why answers cannot leave by a server that was
// tried.
func unsendable(s *outgoing.Sender, from string, err error) error {
	var failed *outgoing.Error
	known := errors.As(err, &failed)
	switch {
	case errors.Is(err, oauth.ErrRevoked), errors.Is(err, oauth.ErrNone):
		return ungranted(s.User)
	case known && failed.SignIn && s.Token != nil:
		return desk.Refuse(desk.CodeValidation, "%s does not let %s in with what was allowed (%s); allow it again as %s, and see that the provider lets programs send by SMTP.", s.Addr, s.User, failed.Words(), s.User)
	case known && failed.SignIn:
		return desk.Refuse(desk.CodeValidation, "%s does not take this password for %s (%s); check the user name and the password for sending.", s.Addr, s.User, failed.Words())
	case known && failed.Code >= 500 && !failed.Server:
		return desk.Refuse(desk.CodeValidation, "%s lets no mail of %s leave (%s); let its mail server allow that, or sign in as another user.", s.Addr, from, failed.Words())
	}
	words := said(err)
	if known {
		words = failed.Words()
	}
	return cmp.Or(unreached(s.Addr, err),
		error(desk.Refuse(desk.CodeWorkflow, "Answers cannot leave by %s (%s); check server, port and protection for sending.", s.Addr, words)))
}

func ungranted(user string) error {
	return desk.Refuse(desk.CodeValidation, "The provider does not honour what was allowed for %s; allow it again in the browser.", user)
}

// unreached says why a server was not spoken to; nil where it was.
func unreached(addr string, err error) error {
	host, port, _ := net.SplitHostPort(addr)
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var timeout net.Error
	switch {
	case errors.As(err, &name) && name.IsNotFound:
		return desk.Refuse(desk.CodeValidation, "There is no server named %s; check its name.", host)
	case errors.As(err, &name):
		return desk.Refuse(desk.CodeWorkflow, "The name %s cannot be looked up just now (%s); check the network of the hub and try again.", host, name.Err)
	case errors.Is(err, syscall.ECONNREFUSED):
		return desk.Refuse(desk.CodeValidation, "%s takes no connections on port %s; check the port.", host, port)
	case errors.As(err, &certificate):
		return desk.Refuse(desk.CodeValidation, "The certificate of %s cannot be trusted (%v); check the server’s name, or let whoever runs it renew the certificate.", host, certificate.Err)
	case errors.As(err, &record):
		return desk.Refuse(desk.CodeValidation, "%s does not speak TLS at once on port %s; choose STARTTLS, or the port for TLS.", host, port)
	case errors.Is(err, mailbox.ErrSilent), errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return desk.Refuse(desk.CodeWorkflow, "%s did not answer in time on port %s; check port and protection, or try again.", host, port)
	}
	return nil
}

// offered names some of the folders an account has.
func offered(has []string) string {
	const most = 8
	switch {
	case len(has) == 0:
		return "its server lists none"
	case len(has) > most:
		return fmt.Sprintf("it has %s and %d more", strings.Join(has[:most], ", "), len(has)-most)
	}
	return "it has " + strings.Join(has, ", ")
}

// said is the cause of an error in one line, without the steps that led there.
func said(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return oneLine(err.Error())
		}
		err = inner
	}
}
